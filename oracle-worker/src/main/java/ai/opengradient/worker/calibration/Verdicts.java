package ai.opengradient.worker.calibration;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Band;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Judges answers as the court does: every element within its output's band of the canonical one.
 */
public final class Verdicts {
  private Verdicts() {}

  /**
   * Whether a claim is right.
   *
   * @param claim in canonical form, of the same types as the canonical answer
   * @param bands one for each output
   */
  public static boolean isRight(List<Tensor> claim, List<Tensor> canonical, List<Band> bands) {
    for (int output = 0; output < canonical.size(); output++) {
      if (!isWithin(claim.get(output), canonical.get(output), bands.get(output))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWithin(Tensor claim, Tensor canonical, Band band) {
    ByteBuffer claimed = claim.bytes();
    ByteBuffer exact = canonical.bytes();
    if (claimed.equals(exact)) {
      return true;
    }
    if (canonical.type().dataType() != DataType.FLOAT32 || band.isExact()) {
      return false;
    }
    var judge =
        new ai.opengradient.canon.arithmetic.Band(
            Float.floatToIntBits(band.absolute()), Float.floatToIntBits(band.relative()));
    while (exact.hasRemaining()) {
      if (!judge.within(claimed.getInt(), exact.getInt())) {
        return false;
      }
    }
    return true;
  }
}
