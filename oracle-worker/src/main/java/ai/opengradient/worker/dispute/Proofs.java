package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.evaluation.StepReads;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proofs about one node: the first one whose tensor in the worker's trace differs. Whatever its
 * operands are, they are the challenger's own.
 */
final class Proofs {
  private final TracedRun own;
  private final JobTensors job;
  private final ShownTree trace;
  private final int position;

  /** What the node's descriptor says; nothing if it is not valid. */
  private final Optional<Node> node;

  Proofs(TracedRun own, JobTensors job, ShownTree trace) {
    this.own = own;
    this.job = job;
    this.trace = trace;
    position = trace.index();
    node = own.program().node(position);
  }

  Optional<Node> node() {
    return node;
  }

  /** By the commitment alone: the node is given, or void. */
  StepProof ofCommitment() {
    List<OpenedTensor> operands =
        nodes().stream().map(operand -> opened(operand, new TreeSet<>())).toList();
    return proof(operands, 0, Bytes.NONE, Optional.empty());
  }

  /**
   * By an element: all of it, or what is left of it, or as many of its terms as the budget allows.
   */
  Move ofElement(
      Node.Computed computed,
      int element,
      OpenedTensor result,
      Optional<Accumulation> last,
      Budget budget) {
    Optional<Accumulation> before =
        last.filter(
            accumulation -> accumulation.node() == position && accumulation.element() == element);
    int from = before.map(Accumulation::until).orElse(0);
    Bytes accumulator = before.map(Accumulation::accumulator).orElse(Bytes.NONE);
    StepProof rest =
        proof(
            opened(StepReads.of(computed, operands(computed), element, from)),
            element,
            accumulator,
            Optional.of(result));
    if (computed instanceof Node.Fold fold
        && fold.reduction().isSum()
        && from < fold.terms().size()
        && !budget.allows(rest, fold, fold.terms().size() - from)) {
      return run(fold, element, from, accumulator, budget);
    }
    return new Move.ProveStep(rest);
  }

  /** The longest run of terms that the budget allows; one term if it allows none. */
  private Move run(Node.Fold fold, int element, int from, Bytes accumulator, Budget budget) {
    int until = from + 1;
    StepProof proof = run(fold, element, from, until, accumulator);
    int beyond = fold.terms().size() + 1;
    while (beyond - until > 1) {
      int middle = (until + beyond) >>> 1;
      StepProof longer = run(fold, element, from, middle, accumulator);
      if (budget.allows(longer, fold, middle - from)) {
        until = middle;
        proof = longer;
      } else {
        beyond = middle;
      }
    }
    // When every term is added, the step itself still has c to read and the result to compare.
    return new Move.ProveMore(proof, until);
  }

  private StepProof run(Node.Fold fold, int element, int from, int until, Bytes accumulator) {
    return proof(
        opened(StepReads.ofRun(fold, operands(fold), element, from, until)),
        element,
        accumulator,
        Optional.empty());
  }

  private StepProof proof(
      List<OpenedTensor> operands, int element, Bytes accumulator, Optional<OpenedTensor> result) {
    NodeOpening opening = own.program().open(position);
    List<Hash> inputs =
        node.filter(Node.Input.class::isInstance).isPresent()
            ? job.inputs().stream().map(WholeTensor::hash).toList()
            : List.of();
    return new StepProof(
        opening.program(),
        opening.siblings(),
        openedTrace(),
        inputs,
        new ElementStep(opening.descriptor(), position, element, operands, accumulator),
        result);
  }

  private TraceOpening openedTrace() {
    SortedSet<Integer> places = new TreeSet<>(nodes());
    places.add(position);
    return new TraceOpening(
        List.copyOf(places),
        places.stream().map(place -> trace.at(0, place)).toList(),
        HashTree.open(trace.depth(), places, trace::at));
  }

  /** The operands' nodes, in the descriptor's order. */
  private List<Integer> nodes() {
    return node.stream().flatMap(valid -> valid.operands().stream()).map(Operand::node).toList();
  }

  private List<ElementSource> operands(Node.Computed computed) {
    return computed.operands().stream()
        .map(operand -> own.tensor(operand.node()).orElseThrow().elements())
        .toList();
  }

  private List<OpenedTensor> opened(StepReads reads) {
    List<OpenedTensor> operands = new ArrayList<>();
    for (int operand : nodes()) {
      operands.add(opened(operand, reads.leaves().get(operands.size())));
    }
    return operands;
  }

  private OpenedTensor opened(int operand, SortedSet<Integer> leaves) {
    return own.tensor(operand)
        .map(tensor -> new OpenedTensor(tensor.head(), OpenedLeaves.of(tensor, leaves)))
        .orElse(OpenedTensor.VOID);
  }
}
