package ai.opengradient.worker.dispute;

import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Program;
import java.util.List;
import java.util.Map;

/**
 * The run of a worker that lies, for tests on a chain.
 *
 * @param outputs what it claims
 */
public record Tampered(TracedRun run, List<WholeTensor> outputs) {
  private static final long EXPONENT = 1L << 26;

  public Tampered {
    outputs = List.copyOf(outputs);
  }

  /** The run with a node's first element of another magnitude; what follows is computed from it. */
  public static Tampered flipped(Program program, GivenTensors given, int node) {
    MemoryRun run =
        MemoryRun.of(
            DisputedProgram.of(program),
            given,
            Map.of(
                node,
                tensor ->
                    tensor.map(
                        right -> Elements.of(right).put(0, right.element(0) ^ EXPONENT).tensor())));
    return of(run, program);
  }

  /** The canonical run. */
  public static Tampered nothing(Program program, GivenTensors given) {
    return of(MemoryRun.of(DisputedProgram.of(program), given), program);
  }

  private static Tampered of(MemoryRun run, Program program) {
    return new Tampered(
        run,
        program.outputs().stream()
            .map(output -> run.elements().get(output).orElseThrow())
            .toList());
  }
}
