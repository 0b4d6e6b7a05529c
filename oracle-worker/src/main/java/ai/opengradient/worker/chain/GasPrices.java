package ai.opengradient.worker.chain;

import java.math.BigInteger;

/**
 * What gas costs at the newest block, in wei.
 *
 * @param base fee of the newest block (EIP-1559)
 * @param tip that the node suggests on top of it
 */
public record GasPrices(BigInteger base, BigInteger tip) {}
