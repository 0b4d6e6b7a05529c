package ai.opengradient.worker.dispute;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorHead;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.program.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A challenger's part in a dispute: walks down the worker's trace to the first element that differs
 * from its own run, and proves it false. It needs no more than it is shown, because all that comes
 * before the first difference is its own.
 */
public final class Interrogation {
  private final TracedRun own;
  private final JobTensors job;
  private final List<Band> bands;
  private final Budget budget;

  /**
   * An interrogation about one job.
   *
   * @param own the canonical run of the job's program on its inputs; {@link Defence#recheck} says
   *     whether its data are intact
   * @param job the job's inputs and what was claimed
   * @param bands one for each output
   * @param budget what one transaction may take
   */
  public Interrogation(TracedRun own, JobTensors job, List<Band> bands, Budget budget) {
    this.own = own;
    this.job = job;
    this.bands = List.copyOf(bands);
    this.budget = budget;
  }

  /**
   * The next move, from the evidence alone: after a restart it is the same.
   *
   * @throws DisputeException if an answer is none, which the court lets nobody give
   */
  public Move next(Evidence evidence) {
    if (evidence.root().isEmpty()) {
      return new Move.Await();
    }
    Hash root = evidence.root().get();
    if (root.equals(own.tensors().root())) {
      return judgeClaim();
    }
    ShownTree trace = new ShownTree(own.tensors()).withRoot(root);
    return walk(trace, own.program().nodes(), Path.Nodes::new, evidence)
        .<Move>map(path -> new Move.Ask(path, Optional.empty()))
        .orElseGet(() -> judgeNode(trace, evidence));
  }

  /** How a question about a tree is put. */
  private interface Paths {
    Path at(int level, int index);
  }

  /** Goes down as far as was shown. Gives the next question, or nothing at a leaf. */
  private static Optional<Path> walk(ShownTree tree, int leaves, Paths paths, Evidence evidence) {
    while (!tree.isAtLeaf()) {
      Path path = paths.at(tree.level(), tree.index());
      Optional<List<Hash>> row = evidence.row(path);
      if (row.isEmpty()) {
        return Optional.of(path);
      }
      tree.descend(path, row.get());
      if ((long) tree.index() << (tree.depth() - tree.level()) >= leaves) {
        throw ShownTree.unfitting(path, "other hashes where all leaves are missing");
      }
    }
    return Optional.empty();
  }

  /** The trace is right: is the claim? */
  private Move judgeClaim() {
    return Comparison.first(own, job.claims(), bands)
        .map(this::proveOutput)
        .orElseGet(Move.Concede::new);
  }

  private Move proveOutput(Difference difference) {
    TreeSet<Integer> node = new TreeSet<>(List.of(difference.node()));
    HashTree tensors = own.tensors();
    TraceOpening trace =
        new TraceOpening(
            List.copyOf(node), List.of(tensors.at(0, difference.node())), tensors.open(node));
    Optional<HeldTensor> exact = own.tensor(difference.node());
    return switch (difference) {
      case Difference.InType wrong ->
          new Move.ProveOutput(
              wrong.output(),
              0,
              new OutputProof(
                  own.program().head(),
                  trace,
                  exact
                      .map(tensor -> new OpenedTensor(tensor.head(), OpenedLeaves.NONE))
                      .orElse(OpenedTensor.VOID),
                  OpenedLeaves.NONE));
      case Difference.InElement wrong -> {
        HeldTensor tensor = exact.orElseThrow();
        HeldTensor claim = HeldTensor.of(job.claims().get(wrong.output()));
        yield new Move.ProveOutput(
            wrong.output(),
            wrong.element(),
            new OutputProof(
                own.program().head(),
                trace,
                new OpenedTensor(tensor.head(), leafOf(tensor, wrong.element())),
                leafOf(claim, wrong.element())));
      }
    };
  }

  private static OpenedLeaves leafOf(HeldTensor tensor, int element) {
    return OpenedLeaves.of(tensor, new TreeSet<>(List.of(tensor.leafOf(element))));
  }

  /** A node's tensor is the first that differs. */
  private Move judgeNode(ShownTree trace, Evidence evidence) {
    Proofs proofs = new Proofs(own, job, trace);
    boolean isVoid = own.tensors().at(0, trace.index()).equals(TensorCommitment.VOID);
    if (isVoid || !(proofs.node().orElseThrow() instanceof Node.Computed computed)) {
      return new Move.ProveStep(proofs.ofCommitment());
    }
    if (trace.here().equals(TensorCommitment.VOID)) {
      return proofs.ofElement(computed, 0, OpenedTensor.VOID, evidence.accumulation(), budget);
    }
    return judgeTensor(trace, proofs, computed, evidence);
  }

  private Move judgeTensor(
      ShownTree trace, Proofs proofs, Node.Computed computed, Evidence evidence) {
    int node = trace.index();
    HeldTensor right = own.tensor(node).orElseThrow();
    ShownTree tensor = new ShownTree(right.tree());
    Paths paths = (level, index) -> new Path.Leaves(node, level, index);
    Optional<Path> question = walk(tensor, right.leaves(), paths, evidence);
    Path path = question.orElseGet(() -> paths.at(tensor.level(), tensor.index()));
    Optional<Bytes> leaf = question.isPresent() ? Optional.empty() : evidence.leaf(path);
    if (leaf.isEmpty()) {
      return new Move.Ask(path, Optional.of(own.program().open(node)));
    }
    int element = firstDifference(path, right, tensor.index(), leaf.get());
    tensor.showLeaf(path, TensorTree.leafHash(leaf.get().toArray()));
    TensorHead head = TensorHead.of(right.dataType(), right.count(), tensor.at(tensor.depth(), 0));
    if (!head.hash().equals(trace.here())) {
      throw ShownTree.unfitting(path, "that of another tensor");
    }
    OpenedLeaves opened = OpenedLeaves.of(tensor.index(), leaf.get(), tensor.depth(), tensor::at);
    return proofs.ofElement(
        computed, element, new OpenedTensor(head, opened), evidence.accumulation(), budget);
  }

  private static int firstDifference(Path path, HeldTensor right, int place, Bytes leaf) {
    long offset = Arrays.mismatch(right.leaf(place), leaf.toArray());
    long element = ((long) place * TensorTree.LEAF_LENGTH + offset) / right.dataType().width();
    if (offset < 0 || element >= right.count()) {
      throw ShownTree.unfitting(path, "a leaf whose elements don't differ");
    }
    return (int) element;
  }
}
