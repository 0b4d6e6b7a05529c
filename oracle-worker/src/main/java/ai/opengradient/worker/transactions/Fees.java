package ai.opengradient.worker.transactions;

import java.math.BigInteger;

/**
 * What a transaction offers for a unit of gas, in wei (EIP-1559).
 *
 * @param tip most for the block's proposer
 * @param maxFee most in all, the tip included
 */
public record Fees(BigInteger tip, BigInteger maxFee) {}
