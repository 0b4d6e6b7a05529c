package ai.opengradient.canon.engine.step;

/** The ways in which the engine computes nodes. */
public enum Algorithm {
  /** A tensor that is given. */
  GIVEN,
  /** DOT as a product of matrices, tile by tile. */
  MATRIX,
  /** A fold with few terms, term by term along the innermost axis of the elements. */
  TAPS,
  /** A fold element by element, along its terms. */
  ROWS,
  /** A MAP that changes no element, only where it lies. */
  RELAY,
  /** A MAP that does, primitive by primitive in blocks. */
  BLOCKS,
  /** GATHER. */
  GATHER
}
