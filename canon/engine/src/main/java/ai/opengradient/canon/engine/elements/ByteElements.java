package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The elements of a uint8, int8 or bool tensor. */
final class ByteElements extends Elements {
  private static final int UNSIGNED = 0xff;

  private final byte[] values;
  private final boolean isSigned;

  ByteElements(DataType dataType, byte[] values) {
    super(dataType, values.length);
    this.values = values;
    isSigned = dataType == DataType.INT8;
  }

  @Override
  public long element(int index) {
    return isSigned ? values[index] : values[index] & UNSIGNED;
  }

  @Override
  public void copy(int from, int stride, int length, Elements target, int at) {
    byte[] targets = ((ByteElements) target).values;
    if (stride == 1) {
      System.arraycopy(values, from, targets, at, length);
    } else {
      for (int position = 0; position < length; position++) {
        targets[at + position] = values[from + stride * position];
      }
    }
  }

  @Override
  public void fill(int at, int length, long element) {
    Arrays.fill(values, at, at + length, (byte) element);
  }

  @Override
  public void read(int from, int stride, int length, long[] target, int at) {
    for (int position = 0; position < length; position++) {
      target[at + position] = element(from + stride * position);
    }
  }

  @Override
  public void read(int from, int stride, int length, double[] target, int at, int step) {
    for (int position = 0; position < length; position++) {
      target[at + step * position] = element(from + stride * position);
    }
  }

  @Override
  public void interleave(int[] from, int stride, int length, double[] target, int at, int step) {
    int first = from[0];
    int second = from[1];
    int third = from[2];
    int fourth = from[3];
    int place = at;
    for (int position = 0; position < length; position++) {
      int offset = position * stride;
      target[place] = element(first + offset);
      target[place + 1] = element(second + offset);
      target[place + 2] = element(third + offset);
      target[place + 3] = element(fourth + offset);
      place += step;
    }
  }

  @Override
  public void write(long[] source, int length, int at) {
    for (int position = 0; position < length; position++) {
      values[at + position] = (byte) source[position];
    }
  }

  @Override
  public void decode(ByteBuffer bytes, int at, int length) {
    bytes.get(0, values, at, length);
    if (dataType() == DataType.BOOL) {
      for (int place = at; place < at + length; place++) {
        values[place] = (byte) (values[place] == 0 ? 0 : 1);
      }
    }
  }

  @Override
  public void encode(int from, int length, ByteBuffer bytes) {
    bytes.put(0, values, from, length);
  }
}
