package ai.opengradient.worker.serve;

import ai.opengradient.store.manifest.Band;
import ai.opengradient.worker.chain.ModelVersion;
import java.util.List;

/** A version's bands, as verdicts take them. */
public final class Bands {
  private Bands() {}

  /** One for each output. */
  public static List<Band> of(ModelVersion version) {
    return narrowed(version, 1);
  }

  /** So many times as narrow. */
  public static List<Band> narrowed(ModelVersion version, int times) {
    return version.bands().stream()
        .map(band -> new Band(band.absolute() / times, band.relative() / times))
        .toList();
  }

  /** Whether an output takes the canonical answer only. */
  public static boolean isExact(ModelVersion version) {
    return version.bands().stream().anyMatch(band -> band.absolute() == 0 && band.relative() == 0);
  }
}
