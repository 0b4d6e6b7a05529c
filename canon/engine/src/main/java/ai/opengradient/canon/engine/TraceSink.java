package ai.opengradient.canon.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the tensors of all nodes but weights while a trace is made. */
@FunctionalInterface
public interface TraceSink {
  /** Keeps nothing: the commitments remain. */
  TraceSink NONE = (node, position, bytes) -> {};

  /**
   * Takes a piece of a tensor's data. Several threads call at once, and pieces come in any order,
   * but all of a node's before the next node's.
   *
   * @param position of the piece's first byte in the tensor's data
   * @param bytes big-endian, of given tensors as they were given, of others in canonical form; not
   *     to be used after the call
   * @throws IOException ends the run
   */
  void write(int node, long position, ByteBuffer bytes) throws IOException;
}
