package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import java.util.List;

/**
 * A run that an executor is to do.
 *
 * @param job whose answer it is to be
 * @param version of the model
 * @param binding index of the shape binding
 */
public record Task(long job, long version, int binding, List<Tensor> inputs) {
  public Task {
    inputs = List.copyOf(inputs);
  }
}
