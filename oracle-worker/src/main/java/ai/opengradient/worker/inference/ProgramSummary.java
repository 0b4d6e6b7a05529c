package ai.opengradient.worker.inference;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorType;
import java.util.List;

/**
 * What a model is as a program, for one binding.
 *
 * @param root the program's commitment
 * @param discontinuous whether a small change of a float can change an output by a leap
 * @param outputs in the model's order
 */
public record ProgramSummary(Hash root, boolean discontinuous, List<TensorType> outputs) {
  public ProgramSummary {
    outputs = List.copyOf(outputs);
  }
}
