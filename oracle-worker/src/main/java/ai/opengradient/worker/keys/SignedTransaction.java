package ai.opengradient.worker.keys;

import ai.opengradient.canon.commitment.Hash;

/**
 * A transaction that a node takes.
 *
 * @param hash by which the chain knows it
 * @param bytes {@code 0x} and hexadecimal digits
 */
public record SignedTransaction(Hash hash, String bytes) {}
