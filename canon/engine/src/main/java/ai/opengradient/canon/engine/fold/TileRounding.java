package ai.opengradient.canon.engine.fold;

import static ai.opengradient.canon.engine.elements.Lanes.DOUBLES;
import static ai.opengradient.canon.engine.elements.Lanes.rounded;

import ai.opengradient.canon.engine.elements.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Rounds the sums of a row of a {@link Tile} to float32, where their bounds decide. */
final class TileRounding {
  private static final int LANES = Lanes.COUNT;

  private TileRounding() {}

  /**
   * Adds the addends to sums and rounds them.
   *
   * @param addends by column
   * @param columnNorms by column
   * @param bound the error is at most this times (row norm · column norm + |addend|)
   * @param target takes the float32, from {@code targetAt} on, right where they are decided
   * @return a bit for each column that is not decided, the lowest one for the first
   */
  static long round(
      double[] sums,
      int sumsAt,
      double[] addends,
      double[] columnNorms,
      int column,
      double rowNorm,
      double bound,
      float[] target,
      int targetAt) {
    long first =
        roundVector(sums, sumsAt, addends, columnNorms, column, rowNorm, bound, target, targetAt);
    long second =
        roundVector(
            sums,
            sumsAt + LANES,
            addends,
            columnNorms,
            column + LANES,
            rowNorm,
            bound,
            target,
            targetAt + LANES);
    return first | second << LANES;
  }

  private static long roundVector(
      double[] sums,
      int sumsAt,
      double[] addends,
      double[] columnNorms,
      int column,
      double rowNorm,
      double bound,
      float[] target,
      int targetAt) {
    DoubleVector addend = DoubleVector.fromArray(DOUBLES, addends, column);
    DoubleVector sum = DoubleVector.fromArray(DOUBLES, sums, sumsAt).add(addend);
    DoubleVector error =
        DoubleVector.fromArray(DOUBLES, columnNorms, column)
            .mul(rowNorm)
            .add(addend.abs())
            .mul(bound);
    FloatVector least = rounded(sum.sub(error));
    VectorMask<Float> decided = least.compare(VectorOperators.EQ, rounded(sum.add(error)));
    // The sum with +0 of −0 is +0.
    least.add(0f).intoArray(target, targetAt);
    return decided.not().toLong();
  }
}
