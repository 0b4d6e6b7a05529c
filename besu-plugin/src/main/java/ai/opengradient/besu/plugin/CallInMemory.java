package ai.opengradient.besu.plugin;

import ai.opengradient.besu.precompile.CallBytes;
import org.apache.tuweni.bytes.Bytes;

/**
 * A call where Besu keeps it: mostly a part of the caller's memory, which may be large. Its price
 * is asked for before it is known whether the caller can pay, so nothing is copied for it.
 */
record CallInMemory(Bytes bytes) implements CallBytes {
  @Override
  public int length() {
    return bytes.size();
  }

  @Override
  public int intAt(int index) {
    return bytes.getInt(index);
  }
}
