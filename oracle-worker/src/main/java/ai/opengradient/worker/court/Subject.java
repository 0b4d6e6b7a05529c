package ai.opengradient.worker.court;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.ModelVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * A claimed job with all that its judgement rests on.
 *
 * @param version of its model
 * @param model the ONNX file, checked against the chain
 * @param inputs by number
 * @param claims the claimed outputs, by number
 */
public record Subject(
    Job job, ModelVersion version, Path model, List<Tensor> inputs, List<Tensor> claims) {
  public Subject {
    inputs = List.copyOf(inputs);
    claims = List.copyOf(claims);
  }

  /** Inputs and claims, as programs take them. */
  public JobTensors tensors() {
    return new JobTensors(
        inputs.stream().map(WholeTensor::of).toList(),
        claims.stream().map(WholeTensor::of).toList());
  }

  /** How far each output may lie from the canonical one. */
  public List<Band> bands() {
    return version.bands().stream()
        .map(band ->
            new Band(Float.floatToIntBits(band.absolute()), Float.floatToIntBits(band.relative())))
        .toList();
  }

  /** The types, the program and what it commits to. */
  public ModelVersion.Binding binding() {
    return version.bindings().get(job.binding());
  }
}
