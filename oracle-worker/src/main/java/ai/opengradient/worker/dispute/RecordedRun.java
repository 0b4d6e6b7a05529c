package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run whose trace lies in a file. The file stays open as long as this is used, and belongs to who
 * opened it. One thread at a time.
 */
public final class RecordedRun implements TracedRun {
  private final Program program;
  private final DisputedProgram disputed;
  private final TraceFile file;
  private final Map<Hash, ByteBuffer> weights;
  private final HashTree tensors;

  /** By node. Trees of large tensors are dropped when memory is scarce, and made again. */
  private final Map<Integer, SoftReference<HeldTensor>> held = new HashMap<>();

  private RecordedRun(
      Program program, TraceFile file, Map<Hash, ByteBuffer> weights, HashTree tensors) {
    this.program = program;
    disputed = DisputedProgram.of(program);
    this.file = file;
    this.weights = Map.copyOf(weights);
    this.tensors = tensors;
  }

  /**
   * The run of a program that a file has.
   *
   * @param weights data of the model by their tree root
   * @throws IOException if the file can't be read
   */
  public static RecordedRun of(Program program, TraceFile file, Map<Hash, ByteBuffer> weights)
      throws IOException {
    return new RecordedRun(program, file, weights, HashTree.of(file.commitments()));
  }

  @Override
  public DisputedProgram program() {
    return disputed;
  }

  @Override
  public HashTree tensors() {
    return tensors;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DisputeException if it is a weight whose data are not at hand
   */
  @Override
  public Optional<HeldTensor> tensor(int node) {
    SoftReference<HeldTensor> kept = held.get(node);
    HeldTensor tensor = kept == null ? null : kept.get();
    if (tensor == null) {
      tensor = open(node, program.nodes().get(node));
      held.put(node, new SoftReference<>(tensor));
    }
    return Optional.of(tensor);
  }

  private HeldTensor open(int position, Node node) {
    if (!(node instanceof Node.Weight weight)) {
      int leaves = TensorTree.leafCount(node.length());
      return new HeldTensor(node.dataType(), node.count(), leaves, place -> leaf(position, place));
    }
    @Nullable ByteBuffer data = weights.get(weight.root());
    if (data == null) {
      throw new DisputeException(
          "node "
              + position
              + ": the weight with the tree root "
              + weight.root()
              + " is not at hand; fetch the model");
    }
    return HeldTensor.of(weight.dataType(), weight.count(), data);
  }

  private byte[] leaf(int node, int place) {
    try {
      return file.leaf(node, place);
    } catch (IOException e) {
      throw new UncheckedIOException("leaf " + place + " of node " + node + " can't be read", e);
    }
  }
}
