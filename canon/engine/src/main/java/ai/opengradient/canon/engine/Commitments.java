package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.engine.commitment.ForkedTensorTree;
import ai.opengradient.canon.engine.commitment.LanewiseTensorTree;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.evaluation.WholeTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;

/** Commits to tensors piece by piece with all threads, and hands the pieces on. */
final class Commitments {
  /** Bytes that are encoded, hashed and written at a time. */
  private static final int SLICE = 1 << 16;

  private final Crew crew;
  private final TraceSink sink;

  Commitments(Crew crew, TraceSink sink) {
    this.crew = crew;
    this.sink = sink;
  }

  /** The commitment to a node's tensor, which the sink gets, too. */
  Hash commit(int node, Elements tensor) throws InterruptedException {
    int width = tensor.dataType().width();
    long length = (long) tensor.count() * width;
    Hash root =
        root(
            length,
            (position, taken, scratch, tree) -> {
              ByteBuffer bytes = scratch.slice(0, taken);
              tensor.encode((int) (position / width), taken / width, bytes);
              tree.update(bytes.duplicate());
              write(node, position, bytes);
            });
    return TensorCommitment.of(tensor.dataType(), tensor.count(), root);
  }

  private void write(int node, long position, ByteBuffer bytes) throws InterruptedException {
    try {
      sink.write(node, position, bytes);
    } catch (ClosedByInterruptException e) {
      // As is usual, a thread that learns of its own interruption is no longer interrupted.
      if (Thread.interrupted()) {
        throw new InterruptedException("the run was interrupted");
      }
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The commitment to a node's tensor as it was given, which the sink gets, too. */
  Hash commit(int node, WholeTensor tensor) throws InterruptedException {
    ByteBuffer data = tensor.data();
    Hash root =
        root(
            data.remaining(),
            (position, taken, scratch, tree) -> {
              ByteBuffer bytes = data.slice((int) position, taken);
              tree.update(bytes.duplicate());
              write(node, position, bytes);
            });
    return TensorCommitment.of(tensor.dataType(), tensor.count(), root);
  }

  /**
   * Adds a slice of a tensor's data to the tree of its piece; the scratch is large enough for it.
   */
  @FunctionalInterface
  private interface Slicer {
    void add(long position, int length, ByteBuffer scratch, LanewiseTensorTree tree)
        throws InterruptedException;
  }

  private Hash root(long length, Slicer slicer) throws InterruptedException {
    Hash[] roots = new Hash[ForkedTensorTree.pieces(length)];
    crew.share(
        roots.length,
        (piece, workspace) -> {
          LanewiseTensorTree tree = new LanewiseTensorTree();
          long first = (long) piece * ForkedTensorTree.PIECE;
          long limit = Math.min(first + ForkedTensorTree.PIECE, length);
          ByteBuffer scratch = ByteBuffer.allocate((int) Math.min(SLICE, limit - first));
          for (long position = first; position < limit; position += SLICE) {
            workspace.requireUninterrupted();
            slicer.add(position, (int) Math.min(SLICE, limit - position), scratch, tree);
          }
          roots[piece] = tree.root();
        });
    List<Hash> all = Arrays.asList(roots);
    return ForkedTensorTree.root(all, length);
  }
}
