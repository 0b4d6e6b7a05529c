package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;

/**
 * The closed range of values that an input's elements are meant to have. Low and high both zero: no
 * range is stated.
 *
 * @param low finite
 * @param high finite, not below low
 */
public record Domain(float low, float high) {
  /** No range is stated. */
  public static final Domain UNSTATED = new Domain(0, 0);

  /**
   * @throws StoreException.InvalidManifest if a bound is not finite or low is above high
   */
  public Domain {
    if (!Float.isFinite(low) || !Float.isFinite(high) || low > high) {
      throw new StoreException.InvalidManifest(
          "domain [" + low + ", " + high + "] needs finite bounds, the lower one first");
    }
    low = low == 0 ? 0 : low;
    high = high == 0 ? 0 : high;
  }

  /** Whether there is a range to hold an input against. */
  public boolean isStated() {
    return low != 0 || high != 0;
  }
}
