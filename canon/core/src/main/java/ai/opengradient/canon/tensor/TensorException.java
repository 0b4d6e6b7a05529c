package ai.opengradient.canon.tensor;

/**
 * A tensor or its type breaks the protocol's rules. The message names what is wrong and what would
 * be right.
 */
@SuppressWarnings("serial") // never serialised
public abstract sealed class TensorException extends RuntimeException {
  private TensorException(String message) {
    super(message);
  }

  /**
   * An element type out of the list, a rank above 8, a dimension below 1, or 2^31 elements or more.
   */
  public static final class InvalidType extends TensorException {
    public InvalidType(String message) {
      super(message);
    }
  }

  /**
   * Bytes that are not a tensor of the stated type: a wrong length, or a bool that is neither 0 nor
   * 1.
   */
  public static final class InvalidData extends TensorException {
    public InvalidData(String message) {
      super(message);
    }
  }

  /** A tensor is read as another element type than it has. */
  public static final class WrongElementType extends TensorException {
    public WrongElementType(DataType expected, DataType actual) {
      super(
          "the tensor holds "
              + actual.label()
              + " elements, not "
              + expected.label()
              + "; read it as what it is");
    }
  }
}
