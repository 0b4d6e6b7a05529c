package ai.opengradient.canon.arithmetic;

import static ai.opengradient.canon.arithmetic.FloatOperations.negate;
import static ai.opengradient.canon.arithmetic.FloatOperations.order;
import static ai.opengradient.canon.arithmetic.Floats.isFinite;
import static ai.opengradient.canon.arithmetic.Floats.magnitude;

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

  /**
   * WITHIN: whether |claim − exact| ≤ absolute + relative·|exact| in the reals. Both are bits in
   * canonical form.
   */
  public boolean within(int claim, int exact) {
    if (claim == exact) {
      return true;
    }
    if (!isFinite(claim) || !isFinite(exact)) {
      return false;
    }
    boolean above = order(claim) > order(exact);
    ExactSum slack = new ExactSum();
    slack.add(absolute);
    slack.addProduct(relative, magnitude(exact));
    slack.add(above ? negate(claim) : claim);
    slack.add(above ? exact : negate(exact));
    return slack.signum() >= 0;
  }
}
