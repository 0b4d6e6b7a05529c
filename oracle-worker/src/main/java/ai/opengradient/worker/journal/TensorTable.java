package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.math.BigInteger;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Inputs and outputs of jobs. */
record TensorTable(Handle handle) {

  /** Which of a job's tensors. */
  enum Side {
    INPUT("input"),
    OUTPUT("output");

    private final String column;

    Side(String column) {
      this.column = column;
    }
  }

  private static final int HEXADECIMAL = 16;

  void put(long job, Side side, List<Tensor> tensors) {
    drop(job, side);
    for (int position = 0; position < tensors.size(); position++) {
      Tensor tensor = tensors.get(position);
      handle
          .createUpdate(
              "INSERT INTO tensor (job, side, position, type, bytes) VALUES (:job, :side, :position, :type, :bytes)")
          .bind("job", job)
          .bind("side", side.column)
          .bind("position", position)
          .bind("type", tensor.type().pack().toString(HEXADECIMAL))
          .bind("bytes", tensor.toByteArray())
          .execute();
    }
  }

  List<Tensor> of(long job, Side side) {
    return handle
        .createQuery(
            "SELECT type, bytes FROM tensor WHERE job = :job AND side = :side ORDER BY position")
        .bind("job", job)
        .bind("side", side.column)
        .map((row, context) ->
            Tensor.of(
                TensorType.unpack(new BigInteger(row.getString("type"), HEXADECIMAL)),
                row.getBytes("bytes")))
        .list();
  }

  /** Forgets all tensors of a job. */
  void drop(long job) {
    handle.createUpdate("DELETE FROM tensor WHERE job = :job").bind("job", job).execute();
  }

  private void drop(long job, Side side) {
    handle
        .createUpdate("DELETE FROM tensor WHERE job = :job AND side = :side")
        .bind("job", job)
        .bind("side", side.column)
        .execute();
  }
}
