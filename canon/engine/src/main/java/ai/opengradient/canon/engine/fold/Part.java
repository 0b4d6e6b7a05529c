package ai.opengradient.canon.engine.fold;

/**
 * The part of a {@link Product} that one task computes.
 *
 * @param matrix its number in the batch
 */
record Part(int matrix, int firstRow, int rows, int firstColumn, int columns) {}
