package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.FloatOperations.negate;
import static ai.opengradient.canon.arithmetic.FloatOperations.order;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;

import ai.opengradient.canon.tensor.Float32;

/**
 * How far a claimed float32 may lie from the exact one. Source: section 13 of {@code
 * docs/canon.md}.
 *
 * @param absolute the bits of a finite float32, 0 or greater
 * @param relative the bits of a float32, 0 or greater and less than 1
 */
public record Band(int absolute, int relative) {
  /** Claims have to be the same as what is exact. */
  public static final Band EXACT = new Band(0, 0);

  /**
   * @throws IllegalArgumentException if a tolerance is out of its range
   */
  public Band {
    if (!isValid(absolute, relative)) {
      throw new IllegalArgumentException(
          "a band needs finite 0 ≤ atol and 0 ≤ rtol < 1, not the bits 0x%08x and 0x%08x"
              .formatted(absolute, relative));
    }
  }

  /** Whether these are the bits of a band's tolerances. */
  public static boolean isValid(int absolute, int relative) {
    return absolute >= 0 && isFinite(absolute) && relative >= 0 && relative < Floats.ONE;
  }

  /** WITHIN: whether |claim − exact| ≤ absolute + relative·|exact| in the reals. */
  public boolean within(int claim, int exact) {
    int claimed = Float32.canonical(claim);
    int given = Float32.canonical(exact);
    if (claimed == given) {
      return true;
    }
    if (!isFinite(claimed) || !isFinite(given)) {
      return false;
    }
    boolean above = order(claimed) > order(given);
    ExactSum slack = new ExactSum();
    slack.add(absolute);
    slack.addProduct(relative, magnitude(given));
    slack.add(above ? negate(claimed) : claimed);
    slack.add(above ? given : negate(given));
    return slack.signum() >= 0;
  }
}
