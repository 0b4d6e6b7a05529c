package ai.opengradient.worker.calibration;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How far answers of an output lie from the canonical ones, over one sample or more. */
public final class Deviation {
  private final double[] relative;
  private final long[] ulps;
  private final int apart;

  private Deviation(double[] relative, long[] ulps, int apart) {
    this.relative = relative;
    this.ulps = ulps;
    this.apart = apart;
  }

  /** Of a sample. */
  public static Deviation of(Tensor claim, Tensor canonical) {
    return claim.type().dataType() == DataType.FLOAT32
        ? ofFloats(claim.floats(), canonical.floats())
        : ofIntegers(elements(claim), elements(canonical));
  }

  /** Of several samples. */
  public static Deviation of(List<Deviation> samples) {
    return new Deviation(
        samples.stream()
            .flatMapToDouble(sample -> Arrays.stream(sample.relative))
            .sorted()
            .toArray(),
        samples.stream().flatMapToLong(sample -> Arrays.stream(sample.ulps)).toArray(),
        samples.stream().mapToInt(sample -> sample.apart).sum());
  }

  private static Deviation ofFloats(float[] claim, float[] canonical) {
    double scale = 0;
    for (float element : canonical) {
      if (Float.isFinite(element)) {
        scale = Math.max(scale, Math.abs((double) element));
      }
    }
    List<Double> relative = new ArrayList<>();
    long[] ulps = new long[claim.length];
    int apart = 0;
    for (int index = 0; index < claim.length; index++) {
      float c = claim[index];
      float y = canonical[index];
      if (Float.isFinite(c) && Float.isFinite(y)) {
        double difference = Math.abs((double) c - y);
        relative.add(difference == 0 ? 0 : difference / (scale == 0 ? Float.MIN_VALUE : scale));
        ulps[index] = Math.abs(place(c) - place(y));
      } else if (Float.compare(c, y) != 0) {
        apart++;
      }
    }
    return new Deviation(
        relative.stream().mapToDouble(Double::doubleValue).sorted().toArray(), ulps, apart);
  }

  private static Deviation ofIntegers(long[] claim, long[] canonical) {
    double scale = 0;
    for (long element : canonical) {
      scale = Math.max(scale, Math.abs((double) element));
    }
    double[] relative = new double[claim.length];
    long[] ulps = new long[claim.length];
    for (int index = 0; index < claim.length; index++) {
      ulps[index] = Math.abs(claim[index] - canonical[index]);
      relative[index] = ulps[index] == 0 ? 0 : ulps[index] / Math.max(1, scale);
    }
    Arrays.sort(relative);
    return new Deviation(relative, ulps, 0);
  }

  /** A float's place among all of them. */
  private static long place(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? Integer.MIN_VALUE - (long) bits : bits;
  }

  private static long[] elements(Tensor tensor) {
    WholeTensor whole = WholeTensor.of(tensor);
    return IntStream.range(0, whole.count()).mapToLong(whole::element).toArray();
  }

  /**
   * How far each element lies off: |c − y| over the greatest |y| of its sample, ascending; elements
   * of which one is not finite are left out.
   */
  double[] relative() {
    return relative.clone();
  }

  /**
   * How many float32 lie between an element and the canonical one, both zeros being one; for
   * integers and bools the distance.
   */
  long[] ulps() {
    return ulps.clone();
  }

  /** Elements that are not the same value, one of them at least being NaN or infinite. */
  public int apart() {
    return apart;
  }

  /** The relative deviation that so many percent of the elements don't exceed. */
  public double percentile(double percent) {
    if (relative.length == 0) {
      return 0;
    }
    int index = (int) Math.ceil(percent / 100 * relative.length) - 1;
    return relative[Math.max(0, index)];
  }

  /** The greatest relative deviation; infinite if a finite element became none, or the reverse. */
  public double greatest() {
    return apart > 0 ? Double.POSITIVE_INFINITY : percentile(100);
  }

  /**
   * How many elements lie 0, 1, 2 to 3, 4 to 7, … float32 from the canonical one.
   *
   * @return without zeros at the end
   */
  public long[] histogram() {
    long[] counts = new long[Long.SIZE + 1];
    for (long distance : ulps) {
      counts[Long.SIZE - Long.numberOfLeadingZeros(distance)]++;
    }
    int length = counts.length;
    while (length > 1 && counts[length - 1] == 0) {
      length--;
    }
    return Arrays.copyOf(counts, length);
  }
}
