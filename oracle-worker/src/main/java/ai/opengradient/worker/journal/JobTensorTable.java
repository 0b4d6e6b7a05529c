package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.JobTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Inputs and outputs of jobs: tensors and references as they were given. */
record JobTensorTable(Handle handle) {

  /** Keeps them in place of those before. */
  void put(long job, Side side, List<JobTensor> given) {
    ReferenceTable references = new ReferenceTable(handle);
    references.drop(job, side);
    Map<Integer, Tensor> tensors = new TreeMap<>();
    for (int position = 0; position < given.size(); position++) {
      switch (given.get(position)) {
        case JobTensor.Inline(Tensor tensor) -> tensors.put(position, tensor);
        case JobTensor.ByReference reference -> references.put(job, side, position, reference);
      }
    }
    new TensorTable(handle).put(job, side, tensors);
  }

  List<JobTensor> of(long job, Side side) {
    Map<Integer, JobTensor> given = new TreeMap<>(new ReferenceTable(handle).of(job, side));
    new TensorTable(handle)
        .of(job, side)
        .forEach((position, tensor) -> given.put(position, new JobTensor.Inline(tensor)));
    return new ArrayList<>(given.values());
  }

  /** Forgets all of a job. */
  void drop(long job) {
    for (Side side : Side.values()) {
      put(job, side, List.of());
    }
  }
}
