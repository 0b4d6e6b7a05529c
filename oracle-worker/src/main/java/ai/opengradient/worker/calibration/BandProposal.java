package ai.opengradient.worker.calibration;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Band;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Proposes a float32 output's band: {@value #MARGIN} times the narrowest that holds what was
 * measured, since a worker claims a stock answer only within an eighth of it.
 *
 * <p>The relative part covers what large elements deviate, those of at least half the greatest
 * magnitude of their sample; the absolute part what is left of the others.
 */
public final class BandProposal {
  /** How much wider than measured. */
  public static final int MARGIN = 8;

  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.CEILING);

  private BandProposal() {}

  /**
   * An answer next to what is canonical.
   *
   * @param claim finite
   * @param canonical finite
   */
  public record Pair(Tensor claim, Tensor canonical) {}

  /** The band. */
  public static Band of(List<Pair> pairs) {
    double relative = 0;
    for (Pair pair : pairs) {
      relative = Math.max(relative, relativeOf(pair));
    }
    float relativePart = up(MARGIN * relative);
    double absolute = 0;
    for (Pair pair : pairs) {
      absolute = Math.max(absolute, absoluteOf(pair, relativePart / MARGIN));
    }
    return new Band(up(MARGIN * absolute), relativePart);
  }

  private static double relativeOf(Pair pair) {
    float[] claim = pair.claim().floats();
    float[] canonical = pair.canonical().floats();
    double greatest = 0;
    for (float element : canonical) {
      greatest = Math.max(greatest, Math.abs((double) element));
    }
    double relative = 0;
    for (int index = 0; index < claim.length; index++) {
      double magnitude = Math.abs((double) canonical[index]);
      if (magnitude > 0 && magnitude >= greatest / 2) {
        double difference = Math.abs((double) claim[index] - canonical[index]);
        relative = Math.max(relative, difference / magnitude);
      }
    }
    return relative;
  }

  private static double absoluteOf(Pair pair, double relative) {
    float[] claim = pair.claim().floats();
    float[] canonical = pair.canonical().floats();
    double absolute = 0;
    for (int index = 0; index < claim.length; index++) {
      double difference = Math.abs((double) claim[index] - canonical[index]);
      absolute = Math.max(absolute, difference - relative * Math.abs((double) canonical[index]));
    }
    return absolute;
  }

  /** The next number of two digits, as a float that is not below it. */
  private static float up(double number) {
    if (number == 0) {
      return 0;
    }
    BigDecimal rounded = new BigDecimal(number).round(TWO_DIGITS);
    float nearest = rounded.floatValue();
    return new BigDecimal(nearest).compareTo(rounded) < 0 ? Math.nextUp(nearest) : nearest;
  }
}
