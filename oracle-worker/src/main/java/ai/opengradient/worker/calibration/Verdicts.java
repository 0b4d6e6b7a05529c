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
   * Whether a claim is right. One of other element types or counts than the canonical answer is
   * not.
   *
   * @param claim in canonical form
   * @param bands one for each output
   */
  public static boolean isRight(List<Tensor> claim, List<Tensor> canonical, List<Band> bands) {
    if (claim.size() != canonical.size()) {
      return false;
    }
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
    if (claim.type().dataType() != DataType.FLOAT32
        || canonical.type().dataType() != DataType.FLOAT32
        || claim.type().count() != canonical.type().count()
        || band.isExact()) {
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

  /** Whether no element is NaN or infinite. */
  public static boolean isFinite(Tensor output) {
    if (output.type().dataType() != DataType.FLOAT32) {
      return true;
    }
    for (float element : output.floats()) {
      if (!Float.isFinite(element)) {
        return false;
      }
    }
    return true;
  }
}
