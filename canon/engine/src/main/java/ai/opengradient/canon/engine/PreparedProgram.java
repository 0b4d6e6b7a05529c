package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.engine.EngineException.Fault;
import ai.opengradient.canon.engine.elements.Codec;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program whose steps are compiled and whose weights are read, to be run any number of times. */
public final class PreparedProgram {
  /** Bytes of a tensor, at most: what one buffer holds. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final Program program;
  private final Engine engine;

  /** By node. Dropped when memory is scarce: a step of many terms is large, and soon made again. */
  private final Map<Integer, SoftReference<Step>> steps = new HashMap<>();

  private final Map<Integer, Elements> weights;

  private PreparedProgram(Program program, Engine engine, Map<Integer, Elements> weights) {
    this.program = program;
    this.engine = engine;
    this.weights = weights;
  }

  static PreparedProgram of(Program program, Map<Hash, ByteBuffer> data, Engine engine, Crew crew)
      throws InterruptedException {
    requireMemory(program);
    Map<Integer, Elements> weights = new HashMap<>();
    for (int position = 0; position < program.nodes().size(); position++) {
      if (program.nodes().get(position) instanceof Node.Weight weight) {
        weights.put(position, Weights.read(weight, position, data, crew));
      }
    }
    PreparedProgram prepared = new PreparedProgram(program, engine, weights);
    for (int position = 0; position < program.nodes().size(); position++) {
      if (program.nodes().get(position) instanceof Node.Computed node) {
        lay(node, prepared.step(position, node), weights);
      }
    }
    return prepared;
  }

  /** Lays the weights that a node reads as its step reads them fastest. */
  private static void lay(Node node, Step step, Map<Integer, Elements> weights) {
    for (int at = 0; at < node.operands().size(); at++) {
      int operand = at;
      weights.computeIfPresent(
          node.operands().get(at).node(), (_, weight) -> step.laid(operand, weight));
    }
  }

  private static void requireMemory(Program program) {
    for (int position = 0; position < program.nodes().size(); position++) {
      Node node = program.nodes().get(position);
      long bytes = node.length();
      if (bytes > LARGEST) {
        throw new EngineException(
            Fault.TOO_LARGE,
            "node %d defines a tensor of %d bytes; the engine computes those of up to %d, canon/core"
                    .formatted(position, bytes, LARGEST)
                + " single elements of any");
      }
    }
    long bytes = memory(program);
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new EngineException(
          Fault.TOO_LARGE,
          "the tensors that this program needs at one time take "
              + bytes
              + " bytes; this process may use "
              + most
              + ": give it more with -Xmx");
    }
  }

  /**
   * The most bytes that the tensors of a run take at one time, with the weights and without what it
   * is given.
   */
  public static long memory(Program program) {
    long weights =
        program.nodes().stream()
            .filter(Node.Weight.class::isInstance)
            .mapToLong(Node::length)
            .sum();
    return weights + Lifetimes.ofAll(program).peakBytes();
  }

  public Program program() {
    return program;
  }

  /**
   * Computes the outputs.
   *
   * @param job what the program is given; must not change meanwhile
   * @return one tensor for each output, in canonical form
   * @throws EngineException if an input or claim is missing or not what its node says
   * @throws InterruptedException if the thread was interrupted before the end, even if only a
   *     little
   */
  public List<WholeTensor> run(JobTensors job, RunListener listener) throws InterruptedException {
    return engine.inTurn(crew -> {
      Run run = new Run(this, job, Lifetimes.ofOutputs(program), crew);
      run.compute(listener, (node, tensor) -> {});
      return outputs(run, crew);
    });
  }

  /**
   * Computes every node and commits to its tensor.
   *
   * @param job what the program is given; must not change meanwhile
   * @param sink takes the tensors of all nodes but weights
   * @throws EngineException if an input or claim is missing or not what its node says
   * @throws InterruptedException if the thread was interrupted before the end, even if only a
   *     little
   * @throws java.io.UncheckedIOException if the sink can't write
   */
  public CommittedTrace trace(JobTensors job, TraceSink sink, RunListener listener)
      throws InterruptedException {
    return engine.inTurn(crew -> {
      Run run = new Run(this, job, Lifetimes.ofAll(program), crew);
      Commitments commitments = new Commitments(crew, sink);
      Hash[] tensors = new Hash[program.nodes().size()];
      for (int position = 0; position < tensors.length; position++) {
        switch (program.nodes().get(position)) {
          case Node.Input input ->
              tensors[position] = commitments.commit(position, run.given(input));
          case Node.Claim claim ->
              tensors[position] = commitments.commit(position, run.given(claim));
          case Node.Weight weight ->
              tensors[position] =
                  TensorCommitment.of(weight.dataType(), weight.count(), weight.root());
          case Node.Computed computed -> {
            // Comes with its tensor.
          }
        }
      }
      run.compute(listener, (node, tensor) -> tensors[node] = commitments.commit(node, tensor));
      return new CommittedTrace(outputs(run, crew), Arrays.asList(tensors));
    });
  }

  /**
   * Computes every node, commits to its tensor and leaves the tensors in a file, which {@link
   * TraceFile#open} reads.
   *
   * @param job what the program is given; must not change meanwhile
   * @param file the file's path; whatever is there is lost, and nothing is left there if this
   *     throws
   * @throws EngineException if an input or claim is missing or not what its node says
   * @throws InterruptedException if the thread was interrupted before the end, even if only a
   *     little
   * @throws IOException if the file can't be written
   */
  public CommittedTrace runTraced(JobTensors job, Path file, RunListener listener)
      throws InterruptedException, IOException {
    boolean isComplete = false;
    try (TraceFile sink = TraceFile.create(file, program)) {
      CommittedTrace trace = trace(job, sink, listener);
      sink.complete(trace.tensors());
      isComplete = true;
      return trace;
    } catch (UncheckedIOException e) {
      throw new IOException("the trace can't be written to " + file, e);
    } finally {
      if (!isComplete) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<WholeTensor> outputs(Run run, Crew crew) throws InterruptedException {
    List<WholeTensor> outputs = new ArrayList<>();
    for (int output : program.outputs()) {
      outputs.add(Codec.encoded(run.tensor(output), crew));
    }
    return outputs;
  }

  /** The step of a computed node. One thread at a time. */
  Step step(int position, Node.Computed node) {
    SoftReference<Step> kept = steps.get(position);
    Step step = kept == null ? null : kept.get();
    if (step == null) {
      step = Steps.of(node, program);
      steps.put(position, new SoftReference<>(step));
    }
    return step;
  }

  Elements weight(int node) {
    Elements weight = weights.get(node);
    if (weight == null) {
      throw new IllegalArgumentException("node " + node + " is not a weight");
    }
    return weight;
  }
}
