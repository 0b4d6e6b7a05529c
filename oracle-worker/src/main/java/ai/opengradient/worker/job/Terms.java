package ai.opengradient.worker.job;

/**
 * What a request fixed about a job, as far as its course depends on it.
 *
 * @param job the market's id, counted from 1
 * @param drawBlock the block whose hash draws the worker
 * @param claimDeadline Unix seconds until which the drawn worker may claim
 * @param lastDeadline Unix seconds after which nobody may claim
 */
public record Terms(long job, long drawBlock, long claimDeadline, long lastDeadline) {}
