package ai.opengradient.store.conformance;

import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.store.lowering.LoweredModel;
import java.util.List;

/** The plain evaluation of a lowered model, element by element. */
public final class PlainEvaluation {
  private PlainEvaluation() {}

  /**
   * The outputs in the model's order.
   *
   * @param inputs in the model's order
   */
  public static List<WholeTensor> run(LoweredModel model, List<WholeTensor> inputs) {
    Trace trace = Trace.of(model.program(), new GivenTensors(inputs, model.weights(), List.of()));
    return model.program().outputs().stream()
        .map(output -> trace.tensors().get(output).orElseThrow())
        .toList();
  }
}
