package ai.opengradient.besu.precompile;

/**
 * What a call came to.
 *
 * @param returned whether it returned; else it reverted
 * @param data what it returned, or reverted with; never changed afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Outcome(boolean returned, byte[] data) {}
