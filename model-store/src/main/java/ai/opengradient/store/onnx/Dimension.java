package ai.opengradient.store.onnx;

/** A dimension of an input or output as the ONNX file states it. */
public sealed interface Dimension {
  /**
   * A number that every run has.
   *
   * @param size at least 1
   */
  record Fixed(int size) implements Dimension {
    @Override
    public String toString() {
      return Integer.toString(size);
    }
  }

  /**
   * A number that a binding gives.
   *
   * @param name the file's own, or {@code tensor[axis]} where the file has none
   */
  record Symbolic(String name) implements Dimension {
    @Override
    public String toString() {
      return name;
    }
  }
}
