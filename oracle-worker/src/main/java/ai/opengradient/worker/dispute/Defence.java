package ai.opengradient.worker.dispute;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.ProgramHead;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Answers whatever the court may be asked about a job, from the worker's own canonical run. */
public final class Defence {
  private final TracedRun run;
  private final JobTensors job;
  private final List<Hash> inputs;

  /**
   * The defence of a claim.
   *
   * @param run the canonical run of the job's program on its inputs
   * @param job the job's inputs and what was claimed
   */
  public Defence(TracedRun run, JobTensors job) {
    this.run = run;
    this.job = job;
    inputs = job.inputs().stream().map(WholeTensor::hash).toList();
  }

  /** What the program's root is made of: to be asserted with {@link #top}. */
  public ProgramHead program() {
    return run.program().head();
  }

  /** The root of the tree over the nodes' tensors. */
  public Hash root() {
    return run.tensors().root();
  }

  /** What is asserted of that tree: the first hashes below its root. */
  public List<Hash> top() {
    return row(run.tensors(), 0, 0);
  }

  /**
   * Looks once more at the run and at the claim. Reads every tensor.
   *
   * @param bands one for each output
   */
  public Recheck recheck(List<Band> bands) {
    for (int node = 0; node < run.program().nodes(); node++) {
      Hash hash = run.tensor(node).map(HeldTensor::hash).orElse(TensorCommitment.VOID);
      if (!hash.equals(run.tensors().at(0, node))) {
        return new Recheck.Damaged(node);
      }
    }
    return Comparison.first(run, job.claims(), bands)
        .<Recheck>map(Recheck.Wrong::new)
        .orElseGet(Recheck.Sound::new);
  }

  /**
   * The answer to a question.
   *
   * @throws DisputeException if there is nothing at that path: the court refuses such questions
   */
  public Answer answer(Path path) {
    return switch (path) {
      case Path.Nodes nodes -> {
        requireInner(path, run.tensors(), nodes.level(), nodes.index());
        if (nodes.equals(Path.Nodes.TOP)) {
          throw path.notThere();
        }
        yield new Answer.OfNodes(
            nodes,
            row(run.tensors(), nodes.level(), nodes.index()),
            siblings(run.tensors(), nodes.level(), nodes.index()));
      }
      case Path.Leaves leaves -> answer(leaves);
      case Path.Input input -> {
        HeldTensor tensor = given(input, job.inputs(), input.input());
        Bytes leaf = leaf(input, tensor, input.leaf());
        yield new Answer.OfInput(input, leaf, siblings(tensor, input.leaf()), inputs);
      }
      case Path.Weight weight -> answer(weight);
      case Path.Output output -> {
        HeldTensor tensor = given(output, job.claims(), output.output());
        Bytes leaf = leaf(output, tensor, output.leaf());
        yield new Answer.OfOutput(output, leaf, siblings(tensor, output.leaf()));
      }
    };
  }

  private Answer answer(Path.Leaves path) {
    requireNode(path, path.node());
    List<Hash> inTrace = run.tensors().open(new TreeSet<>(List.of(path.node())));
    Optional<HeldTensor> held = run.tensor(path.node());
    if (held.isEmpty()) {
      return new Answer.OfVoid(path, inTrace);
    }
    HeldTensor tensor = held.get();
    HashTree tree = tensor.tree();
    if (path.level() == tree.depth()) {
      Bytes leaf = leaf(path, tensor, path.index());
      return new Answer.OfLeaf(path, leaf, siblings(tensor, path.index()), inTrace);
    }
    requireInner(path, tree, path.level(), path.index());
    return new Answer.OfLeaves(
        path,
        row(tree, path.level(), path.index()),
        siblings(tree, path.level(), path.index()),
        inTrace);
  }

  private Answer answer(Path.Weight path) {
    requireNode(path, path.node());
    if (!(run.program().node(path.node()).orElse(null) instanceof Node.Weight)) {
      throw path.notThere();
    }
    HeldTensor tensor = run.tensor(path.node()).orElseThrow(path::notThere);
    Bytes leaf = leaf(path, tensor, path.leaf());
    return new Answer.OfWeight(
        path, leaf, siblings(tensor, path.leaf()), run.program().open(path.node()));
  }

  private void requireNode(Path path, int node) {
    if (node < 0 || node >= run.program().nodes()) {
      throw path.notThere();
    }
  }

  private static HeldTensor given(Path path, List<WholeTensor> tensors, int number) {
    if (number < 0 || number >= tensors.size()) {
      throw path.notThere();
    }
    return HeldTensor.of(tensors.get(number));
  }

  private static Bytes leaf(Path path, HeldTensor tensor, int place) {
    if (place < 0 || place >= tensor.leaves()) {
      throw path.notThere();
    }
    return Bytes.of(tensor.leaf(place));
  }

  private static List<Hash> siblings(HeldTensor tensor, int leaf) {
    return tensor.tree().open(new TreeSet<>(List.of(leaf)));
  }

  private static void requireInner(Path path, HashTree tree, int level, int index) {
    boolean isThere =
        level >= 0
            && level < tree.depth()
            && level % Path.STRIDE == 0
            && index >= 0
            && index >>> level == 0;
    if (!isThere) {
      throw path.notThere();
    }
  }

  /** The hashes below one: as many levels as an answer shows. */
  private static List<Hash> row(HashTree tree, int level, int index) {
    int stride = Path.stride(tree.depth(), level);
    int height = tree.depth() - level - stride;
    return IntStream.range(index << stride, (index + 1) << stride)
        .mapToObj(place -> tree.at(height, place))
        .toList();
  }

  /** What shows that a hash stands so many levels below the root: the tree ends there. */
  private static List<Hash> siblings(HashTree tree, int level, int index) {
    int cut = tree.depth() - level;
    return HashTree.open(
        level, new TreeSet<>(List.of(index)), (above, place) -> tree.at(cut + above, place));
  }
}
