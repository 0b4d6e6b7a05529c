package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Promise;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was signed that binds. */
record PromiseTable(Handle handle) {

  /** Keeps the promise, unless one about its subject is kept already. */
  void keep(Promise promise) {
    handle
        .createUpdate(
            "INSERT INTO promise (subject, digest) VALUES (:subject, :digest) ON CONFLICT (subject) DO NOTHING")
        .bind("subject", promise.subject())
        .bind("digest", promise.digest().toString())
        .execute();
  }

  Optional<Promise> about(String subject) {
    return handle
        .createQuery("SELECT subject, digest FROM promise WHERE subject = :subject")
        .bind("subject", subject)
        .map((row, context) ->
            new Promise(row.getString("subject"), Hash.fromHex(row.getString("digest"))))
        .findOne();
  }
}
