package ai.opengradient.canon.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * An element type and a shape: rank 0 (a scalar) to 8, every dimension at least 1, fewer than 2^31
 * elements.
 *
 * @param dataType the elements' type
 * @param shape the dimensions, outermost first
 */
public record TensorType(DataType dataType, List<Integer> shape) {
  private static final int MAXIMUM_RANK = 8;
  private static final int DATA_TYPE_SHIFT = 252;
  private static final int RANK_SHIFT = 248;
  private static final int DIMENSION_BITS = 31;

  /**
   * @throws TensorException.InvalidType if the rank, a dimension or the element count is out of
   *     range
   */
  public TensorType {
    shape = List.copyOf(shape);
    if (shape.size() > MAXIMUM_RANK) {
      throw new TensorException.InvalidType(
          "rank " + shape.size() + " is above " + MAXIMUM_RANK + "; reshape the tensor");
    }
    long count = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new TensorException.InvalidType(
            "dimension " + dimension + " of " + shape + " is below 1");
      }
      count *= dimension;
      if (count > Integer.MAX_VALUE) {
        throw new TensorException.InvalidType(
            "shape " + shape + " has 2^31 elements or more; split the tensor");
      }
    }
  }

  /** The type with these dimensions, none for a scalar. */
  public static TensorType of(DataType dataType, int... shape) {
    List<Integer> dimensions = new ArrayList<>();
    for (int dimension : shape) {
      dimensions.add(dimension);
    }
    return new TensorType(dataType, dimensions);
  }

  /** The number of elements, 1 to 2^31 − 1. */
  public int count() {
    int count = 1;
    for (int dimension : shape) {
      count *= dimension;
    }
    return count;
  }

  /** The number of bytes of a tensor of this type. */
  public long byteLength() {
    return (long) count() * dataType.width();
  }

  /** The type as one word of 256 bits, laid out as in {@code contracts/canon/TensorType.sol}. */
  public BigInteger pack() {
    BigInteger word =
        BigInteger.valueOf(dataType.code())
            .shiftLeft(DATA_TYPE_SHIFT)
            .or(BigInteger.valueOf(shape.size()).shiftLeft(RANK_SHIFT));
    for (int axis = 0; axis < shape.size(); axis++) {
      word = word.or(BigInteger.valueOf(shape.get(axis)).shiftLeft(DIMENSION_BITS * axis));
    }
    return word;
  }

  /**
   * The type that a word of 256 bits holds.
   *
   * @throws TensorException.InvalidType if the word is not what {@link #pack} gives for any type
   */
  public static TensorType unpack(BigInteger word) {
    if (word.signum() < 0 || word.bitLength() > 256) {
      throw new TensorException.InvalidType(
          "0x" + word.toString(16) + " is not a word of 256 bits");
    }
    DataType dataType = DataType.fromCode(word.shiftRight(DATA_TYPE_SHIFT).intValue());
    int rank = word.shiftRight(RANK_SHIFT).intValue() & 0xf;
    if (rank > MAXIMUM_RANK) {
      throw new TensorException.InvalidType("rank " + rank + " is above " + MAXIMUM_RANK);
    }
    List<Integer> shape = new ArrayList<>(rank);
    for (int axis = 0; axis < rank; axis++) {
      shape.add(word.shiftRight(DIMENSION_BITS * axis).intValue() & Integer.MAX_VALUE);
    }
    TensorType type = new TensorType(dataType, shape);
    if (!type.pack().equals(word)) {
      throw new TensorException.InvalidType(
          "0x" + word.toString(16) + " has a dimension beyond its rank");
    }
    return type;
  }

  /** For people: {@code float32[1,3,224,224]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(dataType.label()).append('[');
    for (int axis = 0; axis < shape.size(); axis++) {
      text.append(axis == 0 ? "" : ",").append(shape.get(axis));
    }
    return text.append(']').toString();
  }
}
