package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import java.math.BigInteger;

/**
 * What a mined transaction came to.
 *
 * @param transaction its hash
 * @param block number of the block that has it
 * @param blockHash which block of that number
 * @param succeeded false if it reverted
 * @param gasUsed by it alone
 * @param gasPrice paid for each unit of gas, in wei
 */
public record Receipt(
    Hash transaction,
    long block,
    Hash blockHash,
    boolean succeeded,
    long gasUsed,
    BigInteger gasPrice) {}
