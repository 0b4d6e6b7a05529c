package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.JobInput;
import ai.opengradient.worker.journal.TensorTable.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Inputs of jobs: tensors as they came, references as they came. */
record InputTable(Handle handle) {
  void put(long job, List<JobInput> inputs) {
    ReferenceTable references = new ReferenceTable(handle);
    references.drop(job);
    Map<Integer, Tensor> tensors = new TreeMap<>();
    for (int position = 0; position < inputs.size(); position++) {
      switch (inputs.get(position)) {
        case JobInput.Inline(Tensor tensor) -> tensors.put(position, tensor);
        case JobInput.ByReference reference -> references.put(job, position, reference);
      }
    }
    new TensorTable(handle).put(job, Side.INPUT, tensors);
  }

  List<JobInput> of(long job) {
    Map<Integer, JobInput> inputs = new TreeMap<>(new ReferenceTable(handle).of(job));
    new TensorTable(handle)
        .of(job, Side.INPUT)
        .forEach((position, tensor) -> inputs.put(position, new JobInput.Inline(tensor)));
    return new ArrayList<>(inputs.values());
  }
}
