package ai.opengradient.store.manifest;

import ai.opengradient.store.StoreException;

/**
 * How far a claimed output may lie from the canonical one: |c − y| ≤ absolute + relative · |y|.
 * Both zero means exact.
 *
 * @param absolute finite, not negative
 * @param relative not negative, below 1
 */
public record Band(float absolute, float relative) {
  /** The only band that integer and bool outputs may have. */
  public static final Band EXACT = new Band(0, 0);

  /**
   * @throws StoreException.InvalidManifest if a number is out of range
   */
  public Band {
    if (!(absolute >= 0 && Float.isFinite(absolute)) || !(relative >= 0 && relative < 1)) {
      throw new StoreException.InvalidManifest(
          "band ("
              + absolute
              + ", "
              + relative
              + ") needs a finite absolute of at least 0 and a relative in [0, 1)");
    }
    absolute = absolute == 0 ? 0 : absolute;
    relative = relative == 0 ? 0 : relative;
  }

  /** Whether only the canonical output itself lies within. */
  public boolean isExact() {
    return absolute == 0 && relative == 0;
  }
}
