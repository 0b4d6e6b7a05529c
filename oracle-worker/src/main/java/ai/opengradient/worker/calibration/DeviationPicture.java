package ai.opengradient.worker.calibration;

import java.util.Locale;
import java.util.SequencedMap;

/**
 * Draws deviations as SVG: for each output its percentiles on a logarithmic scale, and how many
 * elements lie how many float32 from the canonical ones.
 */
public final class DeviationPicture {
  private static final int WIDTH = 860;
  private static final int ROW = 220;
  private static final int LEFT = 40;
  private static final int MIDDLE = 450;
  private static final int PLOT_WIDTH = 370;
  private static final int PLOT_HEIGHT = 130;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  /** Exponents of ten at the ends of the scale. */
  private static final int LEAST = -10;

  private static final int MOST = 0;

  private final StringBuilder svg = new StringBuilder();

  private DeviationPicture() {}

  /**
   * The picture.
   *
   * @param title above all
   * @param outputs by name
   */
  public static String of(String title, SequencedMap<String, Deviation> outputs) {
    DeviationPicture picture = new DeviationPicture();
    int height = 50 + ROW * outputs.size();
    picture.svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                + " font-size=\"11\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
            WIDTH,
            height));
    picture.text(LEFT, 24, "font-size=\"15\"", title);
    int top = 50;
    for (var output : outputs.entrySet()) {
      picture.percentiles(top, output.getKey(), output.getValue());
      picture.histogram(top, output.getValue());
      top += ROW;
    }
    return picture.svg.append("</svg>\n").toString();
  }

  private void percentiles(int top, String name, Deviation deviation) {
    text(LEFT, top + 14, "font-weight=\"bold\"", name + ": deviation over max |y|, by percentile");
    int base = top + 30 + PLOT_HEIGHT;
    for (int exponent = LEAST; exponent <= MOST; exponent += 2) {
      double y = base - height(Math.pow(10, exponent));
      line(LEFT + 30, y, LEFT + PLOT_WIDTH, y);
      text(LEFT, y + 4, "fill=\"#555\"", "1e" + exponent);
    }
    int width = (PLOT_WIDTH - 40) / PERCENTILES.length;
    for (int bar = 0; bar < PERCENTILES.length; bar++) {
      double percent = PERCENTILES[bar];
      double value = percent == 100 ? deviation.greatest() : deviation.percentile(percent);
      int x = LEFT + 36 + bar * width;
      bar(x, base, width - 12, height(value));
      text(
          x,
          base - height(value) - 4,
          "",
          value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value));
      text(x, base + 14, "", percent == 100 ? "max" : trimmed(percent) + " %");
    }
  }

  private static double height(double value) {
    if (value <= 0) {
      return 0;
    }
    double place = (Math.log10(value) - LEAST) / (MOST - LEAST);
    return PLOT_HEIGHT * Math.clamp(place, 0, 1);
  }

  private void histogram(int top, Deviation deviation) {
    long[] counts = deviation.histogram();
    long total = deviation.ulps().length;
    text(MIDDLE, top + 14, "font-weight=\"bold\"", "elements by distance in float32 steps (ULP)");
    int base = top + 30 + PLOT_HEIGHT;
    line(MIDDLE, base, MIDDLE + PLOT_WIDTH, base);
    int width = Math.min(60, PLOT_WIDTH / counts.length);
    for (int bar = 0; bar < counts.length; bar++) {
      double share = total == 0 ? 0 : (double) counts[bar] / total;
      int x = MIDDLE + bar * width;
      bar(x, base, width - 4, PLOT_HEIGHT * share);
      if (width >= 30) {
        text(
            x,
            base - PLOT_HEIGHT * share - 4,
            "",
            String.format(Locale.ROOT, "%.1f %%", 100 * share));
      }
      text(x, base + 14, "", label(bar, width >= 30));
    }
    if (deviation.apart() > 0) {
      text(MIDDLE, base + 32, "fill=\"#b00\"", deviation.apart() + " elements: one is not finite");
    }
  }

  private static String label(int bar, boolean isRoomy) {
    if (bar < 2) {
      return Integer.toString(bar);
    }
    return bar > 16 || !isRoomy ? "2^" + (bar - 1) : "≥" + (1L << (bar - 1));
  }

  private void bar(double x, double base, double width, double height) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#3b6ea5\"/>\n",
            x,
            base - height,
            width,
            height));
  }

  private void line(double fromX, double fromY, double toX, double toY) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n",
            fromX,
            fromY,
            toX,
            toY));
  }

  private void text(double x, double y, String style, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>\n", x, y, style, escaped));
  }

  private static String trimmed(double percent) {
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f", percent)
        : Double.toString(percent);
  }
}
