package ai.opengradient.canon.tensor;

/**
 * Float32 values as bit patterns: no arithmetic, only the form in which two patterns that mean the
 * same are equal.
 */
public final class Float32 {
  /** The one NaN. */
  public static final int NAN = 0x7fc00000;

  public static final int INFINITY = 0x7f800000;
  public static final int NEGATIVE_INFINITY = 0xff800000;

  private static final int NEGATIVE_ZERO = 0x80000000;
  private static final int MAGNITUDE = 0x7fffffff;

  private Float32() {}

  /** The canonical pattern: −0 becomes +0, any NaN becomes {@link #NAN}, everything else stays. */
  public static int canonical(int bits) {
    if (bits == NEGATIVE_ZERO) {
      return 0;
    }
    return isNaN(bits) ? NAN : bits;
  }

  /** Whether the pattern is a NaN. */
  public static boolean isNaN(int bits) {
    return (bits & MAGNITUDE) > INFINITY;
  }
}
