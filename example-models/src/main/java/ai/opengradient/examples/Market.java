package ai.opengradient.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Returns of made-up assets whose volatility wanders: after a large return, above all a large loss,
 * the next ones are larger (GARCH(1,1) with the asymmetry of Glosten, Jagannathan and Runkle). Each
 * asset has its own level, reaction and memory.
 */
final class Market {
  /** Returns that a forecast sees. */
  static final int WINDOW = 32;

  private static final int WINDOWS_PER_ASSET = 12;
  private static final int SPACING = 24;
  private static final int SETTLING = 200;

  /**
   * @param returns of {@link #WINDOW} periods, the latest last
   * @param volatility the standard deviation that the next return is drawn with
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Window(float[] returns, double volatility) {}

  private Market() {}

  static List<Window> windows(Random random, int assets) {
    List<Window> windows = new ArrayList<>();
    for (int asset = 0; asset < assets; asset++) {
      follow(random, windows);
    }
    return windows;
  }

  private static void follow(Random random, List<Window> windows) {
    double level = 0.005 * StrictMath.exp(random.nextDouble() * StrictMath.log(8));
    double reaction = 0.04 + 0.12 * random.nextDouble();
    double asymmetry = 0.15 * random.nextDouble();
    double persistence = 0.90 + 0.09 * random.nextDouble();
    double memory = persistence - reaction - asymmetry / 2;
    double variance = level * level;
    int length = SETTLING + WINDOWS_PER_ASSET * SPACING;
    float[] returns = new float[length];
    for (int period = 0; period < length; period++) {
      double volatility = StrictMath.sqrt(variance);
      if (period >= SETTLING && period % SPACING == 0) {
        float[] seen = new float[WINDOW];
        System.arraycopy(returns, period - WINDOW, seen, 0, WINDOW);
        windows.add(new Window(seen, volatility));
      }
      double change = volatility * random.nextGaussian();
      returns[period] = (float) change;
      double weight = change < 0 ? reaction + asymmetry : reaction;
      variance = level * level * (1 - persistence) + weight * change * change + memory * variance;
    }
  }
}
