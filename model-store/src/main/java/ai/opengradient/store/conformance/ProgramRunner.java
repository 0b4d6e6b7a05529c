package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.store.lowering.LoweredModel;
import java.util.List;

/** Who computes a program's outputs. */
@FunctionalInterface
public interface ProgramRunner {
  /** The plain evaluation, element by element. */
  ProgramRunner PLAIN =
      (model, inputs) -> {
        Trace trace =
            Trace.of(model.program(), new GivenTensors(inputs, model.weights(), List.of()));
        return model.program().outputs().stream()
            .map(output -> trace.tensors().get(output).orElseThrow())
            .toList();
      };

  /**
   * The outputs in the model's order.
   *
   * @param inputs in the model's order
   */
  List<WholeTensor> run(LoweredModel model, List<WholeTensor> inputs);
}
