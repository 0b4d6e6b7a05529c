package ai.opengradient.worker.demo;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Inputs that are not the job's. */
final class OtherInput {
  private OtherInput() {}

  /** The job's, but for the first element of the first one. */
  static List<WholeTensor> of(List<WholeTensor> inputs) {
    WholeTensor first = inputs.getFirst();
    ByteBuffer given = first.data();
    ByteBuffer changed = ByteBuffer.allocate(given.remaining()).put(given).flip();
    if (first.dataType() == DataType.FLOAT32) {
      changed.putFloat(0, 1 + changed.getFloat(0));
    } else {
      int lowest = first.dataType().width() - 1;
      changed.put(lowest, (byte) (changed.get(lowest) ^ 1));
    }
    List<WholeTensor> all = new ArrayList<>(inputs);
    all.set(0, new WholeTensor(first.dataType(), first.count(), changed));
    return all;
  }
}
