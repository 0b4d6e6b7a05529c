package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.commitment.Hash;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * What a program does not compute.
 *
 * @param inputs the job's, by number
 * @param weights data of the model by their tree root
 * @param claims the claimed outputs, by number; none where no claim is judged
 */
public record GivenTensors(
    List<WholeTensor> inputs, Map<Hash, ByteBuffer> weights, List<WholeTensor> claims) {
  public GivenTensors {
    inputs = List.copyOf(inputs);
    weights = Map.copyOf(weights);
    claims = List.copyOf(claims);
  }
}
