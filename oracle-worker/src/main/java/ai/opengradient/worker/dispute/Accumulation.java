package ai.opengradient.worker.dispute;

/**
 * Terms of an element's fold that the court has added up already.
 *
 * @param until the row-major number of the first term that is not added
 * @param accumulator what the court published, to be handed in again
 */
public record Accumulation(int node, int element, int until, Bytes accumulator) {}
