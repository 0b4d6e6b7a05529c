package ai.opengradient.worker.config;

import ai.opengradient.worker.chain.Amount;
import java.math.BigInteger;
import java.util.SortedSet;

/**
 * Which claims a watcher looks at, and what it may stake.
 *
 * @param share of the claims, in percent
 * @param leastFee of a job that is worth it
 * @param versions of models; empty: all
 * @param bondLimit $OPG in all challenges that are not over
 * @param coinLimit of the chain's coin for the answers in one challenge, in wei
 */
public record WatchPolicy(
    int share, Amount leastFee, SortedSet<Long> versions, Amount bondLimit, BigInteger coinLimit) {}
