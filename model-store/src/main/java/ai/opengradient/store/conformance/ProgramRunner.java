package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.lowering.LoweredModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who computes a program's outputs. */
@FunctionalInterface
public interface ProgramRunner {
  /** The plain evaluation, element by element. */
  ProgramRunner PLAIN = (file, bound, model, inputs) -> PlainEvaluation.run(model, inputs);

  /** There are no outputs. */
  @SuppressWarnings("serial") // never serialised
  final class RunFailed extends RuntimeException {
    public RunFailed(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * The outputs in the model's order.
   *
   * @param file the ONNX file
   * @param bound values of the inputs that are constants of the program
   * @param model the file lowered so
   * @param inputs the others', in the model's order
   * @throws RunFailed if there are none
   */
  List<WholeTensor> run(
      Path file, Map<String, GraphTensor> bound, LoweredModel model, List<WholeTensor> inputs);
}
