package ai.opengradient.canon.engine.fold;

/** Adjacent rows of an operand of a product, of which those of a tile are read interleaved. */
interface Band {
  /**
   * Reads terms of a tile's rows and lays these between each other. What lies beyond the last row
   * is not set.
   *
   * @param tile its number in the band
   * @param from the first term's number
   * @param to the number behind the last one
   * @param target term k of the tile's row r goes to {@code at + (k − from)·width + r}, where the
   *     width is the number of rows of a tile
   */
  void read(int tile, int from, int to, double[] target, int at);

  /**
   * Adds the squares of these terms to the sums of a tile's rows.
   *
   * @param panel the terms, as read to {@code at}
   * @param squares the sums, from {@code squaresAt} on
   */
  void addSquares(
      int tile, double[] panel, int at, int from, int to, double[] squares, int squaresAt);
}
