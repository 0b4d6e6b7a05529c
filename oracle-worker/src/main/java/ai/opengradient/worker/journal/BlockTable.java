package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.BlockReference;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The ends of the ranges of blocks read last. */
record BlockTable(Handle handle) {

  /** Ranges kept; a reorganisation deeper than these is below any finality. */
  private static final int KEPT = 256;

  /** Makes the block the newest: what is above it, of a branch that is no more, goes. */
  void append(BlockReference block) {
    handle
        .createUpdate("DELETE FROM block WHERE number >= :number")
        .bind("number", block.number())
        .execute();
    handle
        .createUpdate(
            "INSERT INTO block (number, hash, timestamp) VALUES (:number, :hash, :timestamp)")
        .bind("number", block.number())
        .bind("hash", block.hash().toString())
        .bind("timestamp", block.timestamp())
        .execute();
    handle
        .createUpdate(
            "DELETE FROM block WHERE number NOT IN (SELECT number FROM block ORDER BY number DESC LIMIT :kept)")
        .bind("kept", KEPT)
        .execute();
  }

  /** Newest first. */
  List<BlockReference> recent() {
    return handle
        .createQuery("SELECT number, hash, timestamp FROM block ORDER BY number DESC")
        .map((row, context) ->
            new BlockReference(
                row.getLong("number"),
                Hash.fromHex(row.getString("hash")),
                row.getLong("timestamp")))
        .list();
  }
}
