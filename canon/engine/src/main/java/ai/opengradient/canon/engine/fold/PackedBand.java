package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.PackedElements;

/**
 * A band of rows that lie between each other already.
 *
 * @param matrix in bands that are tiles here
 */
record PackedBand(PackedElements matrix, int firstTile) implements Band {
  @Override
  public void read(int tile, int from, int to, double[] target, int at) {
    matrix.readBand(firstTile + tile, from, to, target, at);
  }

  @Override
  public void addSquares(
      int tile, double[] panel, int at, int from, int to, double[] squares, int squaresAt) {
    // The matrix knows those of whole rows.
    if (from == 0) {
      matrix.readSquares(firstTile + tile, squares, squaresAt);
    }
  }
}
