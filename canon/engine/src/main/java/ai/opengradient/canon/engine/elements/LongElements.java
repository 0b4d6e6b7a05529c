package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The elements of an int64 tensor. */
final class LongElements extends Elements {
  private final long[] values;

  LongElements(long[] values) {
    super(DataType.INT64, values.length);
    this.values = values;
  }

  @Override
  public long element(int index) {
    return values[index];
  }

  @Override
  public void copy(int from, int stride, int length, Elements target, int at) {
    long[] targets = ((LongElements) target).values;
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
    Arrays.fill(values, at, at + length, element);
  }

  @Override
  public void read(int from, int stride, int length, long[] target, int at) {
    for (int position = 0; position < length; position++) {
      target[at + position] = values[from + stride * position];
    }
  }

  @Override
  public void read(int from, int stride, int length, double[] target, int at, int step) {
    for (int position = 0; position < length; position++) {
      target[at + step * position] = values[from + stride * position];
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
      target[place] = values[first + offset];
      target[place + 1] = values[second + offset];
      target[place + 2] = values[third + offset];
      target[place + 3] = values[fourth + offset];
      place += step;
    }
  }

  @Override
  public void write(long[] source, int length, int at) {
    for (int position = 0; position < length; position++) {
      values[at + position] = source[position];
    }
  }

  @Override
  public void decode(ByteBuffer bytes, int at, int length) {
    bytes.asLongBuffer().get(0, values, at, length);
  }

  @Override
  public void encode(int from, int length, ByteBuffer bytes) {
    bytes.asLongBuffer().put(0, values, from, length);
  }
}
