package ai.opengradient.canon.tensor;

import java.nio.ByteBuffer;

/**
 * A typed tensor. Two tensors are equal if their types and their bytes are.
 *
 * @param type the elements' type and the shape
 * @param bytes the elements, row-major, each big-endian, without padding (bool: one byte, 0 or 1);
 *     read-only, and never copied: who made the tensor must not change them afterwards
 */
public record Tensor(TensorType type, ByteBuffer bytes) {
  /**
   * @throws TensorException.InvalidData if the length is not the type's, or a bool is neither 0 nor
   *     1
   */
  public Tensor {
    bytes = bytes.slice().asReadOnlyBuffer();
    if (bytes.remaining() != type.byteLength()) {
      throw new TensorException.InvalidData(
          type + " takes " + type.byteLength() + " bytes, not " + bytes.remaining());
    }
    if (type.dataType() == DataType.BOOL) {
      requireBooleans(bytes);
    }
  }

  /** The elements' bytes from the first to the last, as a read-only view with its own position. */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** A tensor of bytes already in the protocol's order. */
  public static Tensor of(TensorType type, byte[] bigEndian) {
    return new Tensor(type, ByteBuffer.wrap(bigEndian));
  }

  /** A float32 tensor. The bits are kept as they are: see {@link #canonical}. */
  public static Tensor ofFloats(float[] elements, int... shape) {
    ByteBuffer bytes = allocate(elements.length, DataType.FLOAT32);
    for (float element : elements) {
      bytes.putInt(Float.floatToRawIntBits(element));
    }
    return new Tensor(TensorType.of(DataType.FLOAT32, shape), bytes.flip());
  }

  /** An int32 tensor. */
  public static Tensor ofInts(int[] elements, int... shape) {
    ByteBuffer bytes = allocate(elements.length, DataType.INT32);
    bytes.asIntBuffer().put(elements);
    return new Tensor(TensorType.of(DataType.INT32, shape), bytes);
  }

  /** An int64 tensor. */
  public static Tensor ofLongs(long[] elements, int... shape) {
    ByteBuffer bytes = allocate(elements.length, DataType.INT64);
    bytes.asLongBuffer().put(elements);
    return new Tensor(TensorType.of(DataType.INT64, shape), bytes);
  }

  /** A bool tensor. */
  public static Tensor ofBooleans(boolean[] elements, int... shape) {
    ByteBuffer bytes = allocate(elements.length, DataType.BOOL);
    for (boolean element : elements) {
      bytes.put((byte) (element ? 1 : 0));
    }
    return new Tensor(TensorType.of(DataType.BOOL, shape), bytes.flip());
  }

  /**
   * The elements of a float32 tensor.
   *
   * @throws TensorException.WrongElementType if it is of another type
   */
  public float[] floats() {
    ByteBuffer source = bytesOf(DataType.FLOAT32);
    float[] elements = new float[type.count()];
    for (int index = 0; index < elements.length; index++) {
      elements[index] = Float.intBitsToFloat(source.getInt());
    }
    return elements;
  }

  /**
   * The elements of an int32 tensor.
   *
   * @throws TensorException.WrongElementType if it is of another type
   */
  public int[] ints() {
    int[] elements = new int[type.count()];
    bytesOf(DataType.INT32).asIntBuffer().get(elements);
    return elements;
  }

  /**
   * The elements of an int64 tensor.
   *
   * @throws TensorException.WrongElementType if it is of another type
   */
  public long[] longs() {
    long[] elements = new long[type.count()];
    bytesOf(DataType.INT64).asLongBuffer().get(elements);
    return elements;
  }

  /**
   * The elements of a bool tensor.
   *
   * @throws TensorException.WrongElementType if it is of another type
   */
  public boolean[] booleans() {
    ByteBuffer source = bytesOf(DataType.BOOL);
    boolean[] elements = new boolean[type.count()];
    for (int index = 0; index < elements.length; index++) {
      elements[index] = source.get() != 0;
    }
    return elements;
  }

  /** A copy of the elements' bytes. */
  public byte[] toByteArray() {
    byte[] copy = new byte[bytes.remaining()];
    bytes().get(copy);
    return copy;
  }

  /** The tensor with every float32 element in canonical form: −0 as +0, any NaN as the one NaN. */
  public Tensor canonical() {
    if (type.dataType() != DataType.FLOAT32) {
      return this;
    }
    ByteBuffer source = bytes();
    ByteBuffer target = ByteBuffer.allocate(source.remaining());
    while (source.hasRemaining()) {
      target.putInt(Float32.canonical(source.getInt()));
    }
    return new Tensor(type, target.flip());
  }

  private ByteBuffer bytesOf(DataType expected) {
    if (type.dataType() != expected) {
      throw new TensorException.WrongElementType(expected, type.dataType());
    }
    return bytes();
  }

  private static ByteBuffer allocate(int count, DataType dataType) {
    return ByteBuffer.allocate(Math.multiplyExact(count, dataType.width()));
  }

  private static void requireBooleans(ByteBuffer bytes) {
    for (int index = 0; index < bytes.remaining(); index++) {
      byte value = bytes.get(index);
      if (value != 0 && value != 1) {
        throw new TensorException.InvalidData(
            "element " + index + " is " + value + "; a bool is 0 or 1");
      }
    }
  }
}
