package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.JobInput;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Inputs of jobs that were given by reference. */
record ReferenceTable(Handle handle) {
  void put(long job, int position, JobInput.ByReference reference) {
    handle
        .createUpdate(
            "INSERT INTO reference (job, position, type, root, content)"
                + " VALUES (:job, :position, :type, :root, :content)")
        .bind("job", job)
        .bind("position", position)
        .bind("type", TensorTable.column(reference.type()))
        .bind("root", reference.root().toString())
        .bind("content", reference.content())
        .execute();
  }

  /** By their positions among the job's inputs. */
  Map<Integer, JobInput.ByReference> of(long job) {
    Map<Integer, JobInput.ByReference> references = new TreeMap<>();
    handle
        .createQuery("SELECT position, type, root, content FROM reference WHERE job = :job")
        .bind("job", job)
        .map((row, context) ->
            Map.entry(
                row.getInt("position"),
                new JobInput.ByReference(
                    TensorTable.type(row.getString("type")),
                    Hash.fromHex(row.getString("root")),
                    row.getString("content"))))
        .forEach(entry -> references.put(entry.getKey(), entry.getValue()));
    return references;
  }

  /** Forgets those of a job. */
  void drop(long job) {
    handle.createUpdate("DELETE FROM reference WHERE job = :job").bind("job", job).execute();
  }
}
