package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The registers of an expression, each with the values at the elements of a block: float32 as
 * floats, all others as longs. A float may be any NaN and either zero, which mean the one NaN and
 * the one zero.
 */
final class Registers {
  /** The most elements of a block: few enough for several registers in the nearest cache. */
  static final int BLOCK = 1024;

  private static final float[] NO_FLOATS = {};
  private static final long[] NO_LONGS = {};

  private final float[][] floats;
  private final long[][] longs;

  /** With a register of each of these types. */
  Registers(List<DataType> types) {
    floats = new float[types.size()][];
    longs = new long[types.size()][];
    for (int register = 0; register < types.size(); register++) {
      boolean isFloat = types.get(register) == DataType.FLOAT32;
      floats[register] = isFloat ? new float[BLOCK] : NO_FLOATS;
      longs[register] = isFloat ? NO_LONGS : new long[BLOCK];
    }
  }

  /** The values of a float32 register. */
  float[] floats(int register) {
    return floats[register];
  }

  /** The values of a register of any other type. */
  long[] longs(int register) {
    return longs[register];
  }

  private boolean isFloat(int register) {
    return floats[register].length > 0;
  }

  /** Sets a register's values at all elements to one. */
  void fill(int register, int at, int length, long element) {
    if (isFloat(register)) {
      Arrays.fill(floats[register], at, at + length, Float.intBitsToFloat((int) element));
    } else {
      Arrays.fill(longs[register], at, at + length, element);
    }
  }

  /** Writes a register's values at the first elements to a tensor. */
  void write(int register, int length, Elements target, int at) {
    if (isFloat(register)) {
      target.write(floats[register], length, at);
    } else {
      target.write(longs[register], length, at);
    }
  }

  /** A register as a slot's. */
  SlotTarget slot(int register) {
    return new SlotTarget() {
      @Override
      public void copy(Elements source, int from, int stride, int length, int at) {
        if (isFloat(register)) {
          source.read(from, stride, length, floats[register], at);
        } else {
          source.read(from, stride, length, longs[register], at);
        }
      }

      @Override
      public void fill(int at, int length, long pad) {
        Registers.this.fill(register, at, length, pad);
      }
    };
  }
}
