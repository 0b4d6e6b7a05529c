package ai.opengradient.worker.transactions;

import ai.opengradient.worker.keys.SignedTransaction;

/**
 * One signed transaction for an effect. Of all attempts with one nonce the chain takes one at most.
 *
 * @param nonce the account's counter
 * @param transaction its hash and bytes
 * @param fees what it offers
 * @param gasLimit most gas it may use
 * @param signedAtBlock the chain's newest block when it was signed
 */
public record Attempt(
    long nonce, SignedTransaction transaction, Fees fees, long gasLimit, long signedAtBlock) {}
