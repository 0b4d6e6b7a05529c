package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;

/**
 * A block, named so that a reorganisation shows: another block of the same number has another hash.
 *
 * @param number height, from 0
 * @param hash the block's hash
 * @param timestamp chain time, seconds since 1970
 */
public record BlockReference(long number, Hash hash, long timestamp) {}
