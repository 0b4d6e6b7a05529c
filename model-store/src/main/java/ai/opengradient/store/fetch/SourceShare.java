package ai.opengradient.store.fetch;

/**
 * What a source had to do with a fetch.
 *
 * @param name as messages call it
 * @param blocks that it gave
 * @param bytes of these
 * @param lies answers that were not what the block's id names
 * @param outages requests that it refused, or did not answer in time or to the end
 * @param lacks blocks that it did not have
 * @param dropped whether it failed so often that it was not asked again
 */
public record SourceShare(
    String name, long blocks, long bytes, long lies, long outages, long lacks, boolean dropped) {}
