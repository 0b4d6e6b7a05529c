package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;

/**
 * The elements of a tensor in canonical form. Several threads may read, or write to places that
 * don't overlap.
 *
 * <p>A place is the number of an element, from 0. "Each {@code stride}-th from a place on" goes to
 * the places {@code from}, {@code from + stride}, …; a stride may be negative or zero.
 */
public abstract sealed class Elements implements ElementSource
    permits FloatElements, PackedElements, ByteElements, IntElements, LongElements {
  private final DataType dataType;
  private final int count;

  Elements(DataType dataType, int count) {
    this.dataType = dataType;
    this.count = count;
  }

  /** So many zeros. */
  public static Elements allocate(DataType type, int count) {
    return switch (type) {
      case FLOAT32 -> new FloatElements(new float[count]);
      case UINT8, INT8, BOOL -> new ByteElements(type, new byte[count]);
      case INT32 -> new IntElements(new int[count]);
      case INT64 -> new LongElements(new long[count]);
    };
  }

  @Override
  public final DataType dataType() {
    return dataType;
  }

  @Override
  public final int count() {
    return count;
  }

  /** Copies each {@code stride}-th element from a place on to adjacent places of another tensor. */
  public abstract void copy(int from, int stride, int length, Elements target, int at);

  /** Sets adjacent elements to one in canonical form. */
  public abstract void fill(int at, int length, long element);

  /**
   * Reads each {@code stride}-th element from a place on as the canon's longs.
   *
   * @see ElementSource#element
   */
  public abstract void read(int from, int stride, int length, long[] target, int at);

  /** Reads each {@code stride}-th element of a float32 tensor from a place on. */
  public void read(int from, int stride, int length, float[] target, int at) {
    throw notFloats();
  }

  /**
   * Reads each {@code stride}-th element from a place on as binary64, which is exact but for an
   * int64 of more than 53 bits, and writes each {@code step} places behind the one before.
   */
  public abstract void read(int from, int stride, int length, double[] target, int at, int step);

  /**
   * Reads four runs as binary64 and lays them between each other: element k of run r, for k from 0
   * to below a length, from the place {@code from[r] + k·stride} to {@code at + k·step + r}.
   */
  public abstract void interleave(
      int[] from, int stride, int length, double[] target, int at, int step);

  /**
   * Sets adjacent elements.
   *
   * @param source elements in canonical form, from the array's start
   */
  public abstract void write(long[] source, int length, int at);

  /**
   * Sets adjacent elements of a float32 tensor.
   *
   * @param source from the array's start; −0 and NaNs of any form are written in canonical form
   */
  public void write(float[] source, int length, int at) {
    throw notFloats();
  }

  /**
   * Sets the elements from a place on to those in the canon's bytes, in canonical form.
   *
   * @param bytes big-endian, from the buffer's start
   */
  public abstract void decode(ByteBuffer bytes, int at, int length);

  /**
   * Writes the canon's bytes of adjacent elements.
   *
   * @param bytes takes them, big-endian, from its start
   */
  public abstract void encode(int from, int length, ByteBuffer bytes);

  private IllegalStateException notFloats() {
    return new IllegalStateException("the elements are " + dataType.label() + ", not float32");
  }
}
