package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;

/**
 * Where on the chain an event stands. Equal positions are one event.
 *
 * @param block number
 * @param blockHash which block of that number
 * @param transaction its hash
 * @param index of the event in its block
 */
public record LogPosition(long block, Hash blockHash, Hash transaction, long index) {}
