package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Inputs and outputs of runs. */
record TaskTensorTable(Handle handle) {

  void put(long task, Side side, List<Tensor> tensors) {
    for (int position = 0; position < tensors.size(); position++) {
      Tensor tensor = tensors.get(position);
      handle
          .createUpdate(
              "INSERT INTO task_tensor (task, side, position, type, bytes)"
                  + " VALUES (:task, :side, :position, :type, :bytes)")
          .bind("task", task)
          .bind("side", side.column())
          .bind("position", position)
          .bind("type", TensorTable.column(tensor.type()))
          .bind("bytes", tensor.toByteArray())
          .execute();
    }
  }

  List<Tensor> of(long task, Side side) {
    return handle
        .createQuery(
            "SELECT type, bytes FROM task_tensor WHERE task = :task AND side = :side"
                + " ORDER BY position")
        .bind("task", task)
        .bind("side", side.column())
        .map((row, context) ->
            Tensor.of(TensorTable.type(row.getString("type")), row.getBytes("bytes")))
        .list();
  }
}
