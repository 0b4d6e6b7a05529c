package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.JobTensor;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Inputs and outputs of jobs that were given by reference. */
record ReferenceTable(Handle handle) {
  void put(long job, Side side, int position, JobTensor.ByReference reference) {
    handle
        .createUpdate(
            "INSERT INTO reference (job, side, position, type, root, content)"
                + " VALUES (:job, :side, :position, :type, :root, :content)")
        .bind("job", job)
        .bind("side", side.column())
        .bind("position", position)
        .bind("type", TensorTable.column(reference.type()))
        .bind("root", reference.root().toString())
        .bind("content", reference.content())
        .execute();
  }

  /** By their positions among the job's tensors of that side. */
  Map<Integer, JobTensor.ByReference> of(long job, Side side) {
    Map<Integer, JobTensor.ByReference> references = new TreeMap<>();
    handle
        .createQuery(
            "SELECT position, type, root, content FROM reference WHERE job = :job AND side = :side")
        .bind("job", job)
        .bind("side", side.column())
        .map((row, context) ->
            Map.entry(
                row.getInt("position"),
                new JobTensor.ByReference(
                    TensorTable.type(row.getString("type")),
                    Hash.fromHex(row.getString("root")),
                    row.getString("content"))))
        .forEach(entry -> references.put(entry.getKey(), entry.getValue()));
    return references;
  }

  /** Forgets those of a job's side. */
  void drop(long job, Side side) {
    handle
        .createUpdate("DELETE FROM reference WHERE job = :job AND side = :side")
        .bind("job", job)
        .bind("side", side.column())
        .execute();
  }
}
