package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.JobTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A job's inputs or outputs, with what was given by reference brought here and checked against its
 * root.
 */
public final class JobTensors {
  /** Bytes of all that a job has by reference of either; they go through the heap. */
  static final long MOST_BYTES = 256L << 20;

  private JobTensors() {}

  /**
   * The tensors.
   *
   * @throws StoreException if no source has what a reference names, or it is too large
   * @throws ai.opengradient.canon.tensor.TensorException if the data are no valid tensor
   */
  public static List<Tensor> resolve(List<JobTensor> given, VerifiedFetch fetch) {
    long referenced = 0;
    List<Tensor> tensors = new ArrayList<>();
    for (JobTensor tensor : given) {
      switch (tensor) {
        case JobTensor.Inline inline -> tensors.add(inline.tensor());
        case JobTensor.ByReference reference -> {
          referenced += reference.type().byteLength();
          if (referenced > MOST_BYTES) {
            throw new StoreException.LimitExceeded(
                "the tensors given by reference have more than " + MOST_BYTES + " bytes");
          }
          tensors.add(
              fetch.tensor(
                  ContentId.fromBytes(reference.contentBytes()),
                  reference.type(),
                  reference.root()));
        }
      }
    }
    return tensors;
  }
}
