package ai.opengradient.besu.precompile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A call's selector and arguments, wherever they lie: its price is known before they are copied.
 */
public interface CallBytes {
  /** How many there are. */
  int length();

  /**
   * Four bytes from there on, the first of which is the most significant; all of them are there.
   */
  int intAt(int index);

  /** Those of an array, which is not copied. */
  static CallBytes of(byte[] bytes) {
    return new OfArray(bytes);
  }

  /** Those of an array. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record OfArray(byte[] bytes) implements CallBytes {
    private static final VarHandle INT =
        MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public int intAt(int index) {
      return (int) INT.get(bytes, index);
    }
  }
}
