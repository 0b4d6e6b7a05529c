package ai.opengradient.canon.engine.step;

/**
 * What decided how a real number is rounded to a float32: the fast computation's bound, or one of
 * the more exact ways that follow where it does not.
 */
public enum Tier {
  /** Binary64 and a bound of its error. */
  BOUND,
  /** Binary64 with the errors of sums summed up, twice. */
  COMPENSATED,
  /** The arithmetic of {@code canon/core}. */
  EXACT
}
