package ai.opengradient.store.fetch;

import java.util.List;

/**
 * How far a fetch is.
 *
 * @param done bytes of the file that are on disk and verified
 * @param total bytes of the file
 * @param resumed bytes that were on disk from an earlier try
 * @param sources what each source had to do with it, in the order of the configuration
 */
public record FetchReport(long done, long total, long resumed, List<SourceShare> sources) {
  public FetchReport {
    sources = List.copyOf(sources);
  }

  /** Of a file that was there already. */
  static FetchReport kept(long length) {
    return new FetchReport(length, length, length, List.of());
  }
}
