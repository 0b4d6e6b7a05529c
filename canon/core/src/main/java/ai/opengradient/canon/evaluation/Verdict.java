package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.tensor.DataType;
import java.util.OptionalInt;

/** Whether what a worker claims is right. Source: section 13 of {@code docs/canon.md}. */
public final class Verdict {
  private Verdict() {}

  /**
   * The first element of a claimed output that is not within the band of the exact one; nothing if
   * the claim is right.
   *
   * @param claim of the exact output's type and count
   * @throws IllegalArgumentException if they are not alike
   */
  public static OptionalInt firstWrong(ElementSource claim, ElementSource exact, Band band) {
    if (claim.dataType() != exact.dataType() || claim.count() != exact.count()) {
      throw new IllegalArgumentException("a claim has the output's type and count");
    }
    for (int index = 0; index < exact.count(); index++) {
      if (!isWithin(claim.element(index), exact.element(index), exact.dataType(), band)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isWithin(long claim, long exact, DataType type, Band band) {
    return type == DataType.FLOAT32 ? band.within((int) claim, (int) exact) : claim == exact;
  }
}
