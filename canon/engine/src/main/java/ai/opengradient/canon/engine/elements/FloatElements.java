package ai.opengradient.canon.engine.elements;

import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The elements of a float32 tensor. */
public final class FloatElements extends Elements {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final float[] values;

  /**
   * @param values in canonical form, or nothing yet
   */
  public FloatElements(float[] values) {
    super(DataType.FLOAT32, values.length);
    this.values = values;
  }

  /** The elements themselves. */
  public float[] values() {
    return values;
  }

  /** The bits in canonical form of any float. */
  public static int bits(float value) {
    return Float.floatToIntBits(value + 0f);
  }

  /** Makes adjacent floats canonical. */
  private static void canonicalise(float[] floats, int from, int to) {
    int at = from;
    for (; at + LANES <= to; at += LANES) {
      // The sum with +0 of −0 is +0.
      FloatVector value = FloatVector.fromArray(SPECIES, floats, at).add(0f);
      VectorMask<Float> isNaN = value.compare(VectorOperators.NE, value);
      value.blend(Float.NaN, isNaN).intoArray(floats, at);
    }
    for (; at < to; at++) {
      float value = floats[at] + 0f;
      floats[at] = Float.isNaN(value) ? Float.NaN : value;
    }
  }

  @Override
  public long element(int index) {
    return bits(values[index]);
  }

  @Override
  public void copy(int from, int stride, int length, Elements target, int at) {
    read(from, stride, length, ((FloatElements) target).values, at);
  }

  @Override
  public void fill(int at, int length, long element) {
    Arrays.fill(values, at, at + length, Float.intBitsToFloat((int) element));
  }

  @Override
  public void read(int from, int stride, int length, long[] target, int at) {
    for (int position = 0; position < length; position++) {
      target[at + position] = bits(values[from + stride * position]);
    }
  }

  @Override
  public void read(int from, int stride, int length, float[] target, int at) {
    if (stride == 1) {
      System.arraycopy(values, from, target, at, length);
    } else if (stride == 0) {
      Arrays.fill(target, at, at + length, values[from]);
    } else {
      for (int position = 0; position < length; position++) {
        target[at + position] = values[from + stride * position];
      }
    }
  }

  @Override
  public void read(int from, int stride, int length, double[] target, int at, int step) {
    if (stride != 1) {
      for (int position = 0; position < length; position++) {
        target[at + step * position] = values[from + stride * position];
      }
    } else if (step != 1) {
      for (int position = 0; position < length; position++) {
        target[at + step * position] = values[from + position];
      }
    } else {
      // The compiler makes vectors of this one.
      for (int position = 0; position < length; position++) {
        target[at + position] = values[from + position];
      }
    }
  }

  @Override
  public void interleave(int[] from, int stride, int length, double[] target, int at, int step) {
    int done =
        stride == 1 && step == from.length
            ? Interleaving.interleave(values, from, length, target, at)
            : 0;
    int first = from[0];
    int second = from[1];
    int third = from[2];
    int fourth = from[3];
    int place = at + done * step;
    for (int position = done; position < length; position++) {
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
      values[at + position] = Float.intBitsToFloat((int) source[position]);
    }
  }

  @Override
  public void write(float[] source, int length, int at) {
    System.arraycopy(source, 0, values, at, length);
    canonicalise(values, at, at + length);
  }

  @Override
  public void decode(ByteBuffer bytes, int at, int length) {
    bytes.asFloatBuffer().get(0, values, at, length);
    canonicalise(values, at, at + length);
  }

  @Override
  public void encode(int from, int length, ByteBuffer bytes) {
    bytes.asFloatBuffer().put(0, values, from, length);
  }
}
