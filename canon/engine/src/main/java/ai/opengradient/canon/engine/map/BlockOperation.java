package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.step.Tally;

/** A primitive of an expression, computed at all elements of a block. */
@FunctionalInterface
interface BlockOperation {
  /**
   * Sets the primitive's register.
   *
   * @param length the number of elements
   * @param tally takes the count of what decided roundings
   */
  void apply(Registers registers, int length, Tally tally);
}
