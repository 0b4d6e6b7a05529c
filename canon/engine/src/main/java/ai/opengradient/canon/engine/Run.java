package ai.opengradient.canon.engine;

import ai.opengradient.canon.engine.EngineException.Fault;
import ai.opengradient.canon.engine.elements.Codec;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of a program: node after node, with each tensor kept until its last reader has run. */
final class Run {
  private final PreparedProgram prepared;
  private final JobTensors job;
  private final Lifetimes lifetimes;
  private final Crew crew;

  /** By node: its tensor, as long as it is needed. */
  private final @Nullable Elements[] tensors;

  /** Takes every tensor that is computed. */
  @FunctionalInterface
  interface Taker {
    void take(int node, Elements tensor) throws InterruptedException;
  }

  Run(PreparedProgram prepared, JobTensors job, Lifetimes lifetimes, Crew crew) {
    this.prepared = prepared;
    this.job = job;
    this.lifetimes = lifetimes;
    this.crew = crew;
    tensors = new Elements[prepared.program().nodes().size()];
  }

  /**
   * Computes all nodes that are needed.
   *
   * @param taker takes those that are computed, not those that are given
   */
  void compute(RunListener listener, Taker taker) throws InterruptedException {
    for (int node = 0; node < tensors.length; node++) {
      if (lifetimes.isNeeded(node)) {
        compute(node, listener, taker);
        lifetimes.endingWith(node).forEach(ending -> tensors[ending] = null);
      }
    }
  }

  private void compute(int node, RunListener listener, Taker taker) throws InterruptedException {
    Tally tally = new Tally();
    switch (prepared.program().nodes().get(node)) {
      case Node.Input input -> {
        tensors[node] = Codec.decoded(given(input), crew);
        listener.computed(node, Algorithm.GIVEN, tally);
      }
      case Node.Claim claim -> {
        tensors[node] = Codec.decoded(given(claim), crew);
        listener.computed(node, Algorithm.GIVEN, tally);
      }
      case Node.Weight weight -> {
        tensors[node] = prepared.weight(node);
        listener.computed(node, Algorithm.GIVEN, tally);
      }
      case Node.Computed computed -> {
        List<Elements> operands = new ArrayList<>();
        for (Operand operand : computed.operands()) {
          operands.add(tensor(operand.node()));
        }
        Elements result = allocate(node, computed);
        Step step = prepared.step(node, computed);
        step.run(operands, result, crew, tally);
        tensors[node] = result;
        taker.take(node, result);
        listener.computed(node, step.algorithm(), tally);
      }
    }
  }

  private static Elements allocate(int position, Node node) {
    try {
      return Elements.allocate(node.dataType(), node.count());
    } catch (OutOfMemoryError e) {
      throw new EngineException(
          Fault.TOO_LARGE,
          "there is no memory for the %d elements of %s of node %d, though there should be: give this"
                  .formatted(node.count(), node.dataType().label(), position)
              + " process more with -Xmx",
          e);
    }
  }

  /**
   * The job's tensor for a node.
   *
   * @throws EngineException if there is none, or it is not what the node says
   */
  WholeTensor given(Node.Input input) {
    return given(job.inputs(), "input", input.input(), input);
  }

  /** The same. */
  WholeTensor given(Node.Claim claim) {
    return given(job.claims(), "claim", claim.output(), claim);
  }

  private static WholeTensor given(
      List<WholeTensor> given, String kind, int number, Node.Given node) {
    String wanted = node.count() + " elements of " + node.dataType().label();
    if (number >= given.size()) {
      throw new EngineException(
          Fault.WRONG_TENSOR,
          "the program reads %s %d, %s, but is given %d in all"
              .formatted(kind, number, wanted, given.size()));
    }
    WholeTensor tensor = given.get(number);
    if (tensor.dataType() != node.dataType() || tensor.count() != node.count()) {
      throw new EngineException(
          Fault.WRONG_TENSOR,
          "%s %d has %d elements of %s, but the program reads %s"
              .formatted(kind, number, tensor.count(), tensor.dataType().label(), wanted));
    }
    return tensor;
  }

  /** The tensor of a node that is still needed. */
  Elements tensor(int node) {
    Elements tensor = tensors[node];
    if (tensor == null) {
      throw new IllegalStateException("the tensor of node " + node + " is gone");
    }
    return tensor;
  }
}
