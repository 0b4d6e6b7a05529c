package ai.opengradient.store.kubo;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Passes on a range of the bytes that come in pieces. */
final class ByteRange implements Consumer<ByteBuffer> {
  private final Consumer<ByteBuffer> target;
  private long before;
  private long left;

  /**
   * @param from how many bytes to leave out at first
   * @param length how many to pass on at most
   */
  ByteRange(long from, long length, Consumer<ByteBuffer> target) {
    this.target = target;
    before = from;
    left = length;
  }

  @Override
  public void accept(ByteBuffer piece) {
    int skipped = (int) Math.min(before, piece.remaining());
    before -= skipped;
    int passed = (int) Math.min(left, piece.remaining() - skipped);
    left -= passed;
    if (passed > 0) {
      target.accept(piece.slice(piece.position() + skipped, passed));
    }
  }
}
