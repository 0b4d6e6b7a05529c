package ai.opengradient.canon.engine;

import ai.opengradient.canon.evaluation.WholeTensor;
import java.util.List;

/**
 * What one run of a program is given, besides the weights.
 *
 * @param inputs the job's, by number
 * @param claims the claimed outputs, by number; none where no claim is judged
 */
public record JobTensors(List<WholeTensor> inputs, List<WholeTensor> claims) {
  public JobTensors {
    inputs = List.copyOf(inputs);
    claims = List.copyOf(claims);
  }

  /** Inputs, and no claim. */
  public static JobTensors of(List<WholeTensor> inputs) {
    return new JobTensors(inputs, List.of());
  }
}
