package ai.opengradient.worker.journal;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whose journal it is. */
record IdentityTable(Handle handle) {

  void put(Identity identity) {
    handle
        .createUpdate(
            "INSERT INTO identity (only_row, chain_id, genesis, market, worker) VALUES (1, :chainId, :genesis, :market, :worker)")
        .bind("chainId", identity.chainId())
        .bind("genesis", identity.genesis().toString())
        .bind("market", identity.market().hex())
        .bind("worker", identity.worker().hex())
        .execute();
  }

  Optional<Identity> find() {
    return handle
        .createQuery("SELECT chain_id, genesis, market, worker FROM identity")
        .map((row, context) ->
            new Identity(
                row.getLong("chain_id"),
                Hash.fromHex(row.getString("genesis")),
                new Address(row.getString("market")),
                new Address(row.getString("worker"))))
        .findOne();
  }
}
