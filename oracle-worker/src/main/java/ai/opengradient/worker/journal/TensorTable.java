package ai.opengradient.worker.journal;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Inputs and outputs of jobs that were given with their data. */
record TensorTable(Handle handle) {

  private static final int HEXADECIMAL = 16;

  /** A type as columns hold it. */
  static String column(TensorType type) {
    return type.pack().toString(HEXADECIMAL);
  }

  /** The type that a column holds. */
  static TensorType type(String column) {
    return TensorType.unpack(new BigInteger(column, HEXADECIMAL));
  }

  /**
   * Keeps tensors in place of those before.
   *
   * @param tensors by position
   */
  void put(long job, Side side, Map<Integer, Tensor> tensors) {
    drop(job, side);
    tensors.forEach((position, tensor) ->
        handle
            .createUpdate(
                "INSERT INTO tensor (job, side, position, type, bytes) VALUES (:job, :side, :position, :type, :bytes)")
            .bind("job", job)
            .bind("side", side.column())
            .bind("position", position)
            .bind("type", column(tensor.type()))
            .bind("bytes", tensor.toByteArray())
            .execute());
  }

  /** By position, in ascending order. */
  SortedMap<Integer, Tensor> of(long job, Side side) {
    SortedMap<Integer, Tensor> tensors = new TreeMap<>();
    handle
        .createQuery("SELECT position, type, bytes FROM tensor WHERE job = :job AND side = :side")
        .bind("job", job)
        .bind("side", side.column())
        .map((row, context) ->
            Map.entry(
                row.getInt("position"),
                Tensor.of(type(row.getString("type")), row.getBytes("bytes"))))
        .forEach(entry -> tensors.put(entry.getKey(), entry.getValue()));
    return tensors;
  }

  private void drop(long job, Side side) {
    handle
        .createUpdate("DELETE FROM tensor WHERE job = :job AND side = :side")
        .bind("job", job)
        .bind("side", side.column())
        .execute();
  }
}
