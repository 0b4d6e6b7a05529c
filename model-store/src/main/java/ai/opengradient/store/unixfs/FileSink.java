package ai.opengradient.store.unixfs;

import java.nio.ByteBuffer;

/** Takes a file's bytes, from the first to the last. */
public interface FileSink {
  /** Told how long the file is before its first byte comes; its pieces are checked against that. */
  default void begin(long length) {}

  /** The next bytes, at most a block of them. They are no longer there after the call. */
  void accept(ByteBuffer piece);
}
