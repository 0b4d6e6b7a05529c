package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;

/**
 * Where elements of a tensor lie side by side, big-endian, in whatever form they were given. Found
 * by {@link ElementSource#locate}, again and again with the same object, so that going from run to
 * run allocates nothing. Not for use by several threads.
 */
public final class ElementRun {
  private final byte[] own = new byte[Long.BYTES];
  private byte[] bytes = own;
  private int offset;

  /** They begin there. */
  public void set(byte[] bytes, int offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  /** It is this one. */
  void set(DataType dataType, long element) {
    ElementBytes.write(dataType, ByteBuffer.wrap(own), element);
    set(own, 0);
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  /** An element in canonical form, by its place in the run. */
  public long element(DataType dataType, int at) {
    return ElementBytes.read(dataType, bytes, offset + at * dataType.width());
  }
}
