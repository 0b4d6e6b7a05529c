package ai.opengradient.worker.cli;

import ai.opengradient.store.fetch.FetchReport;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.SourceShare;
import java.util.ArrayList;
import java.util.List;

/** Tells people how far a fetch is, each tenth of it once, and who gave what in the end. */
final class FetchProgress implements Progress {
  private static final int PARTS = 10;

  private final Opg opg;
  private long told;
  private List<SourceShare> sources = List.of();

  FetchProgress(Opg opg) {
    this.opg = opg;
  }

  @Override
  public void advanced(FetchReport report) {
    sources = report.sources();
    long part = report.done() / Math.ceilDiv(Math.max(1, report.total()), PARTS);
    if (part > told && report.done() < report.total()) {
      told = part;
      opg.progress(report.done() + " of " + report.total() + " bytes");
    }
  }

  /** Each source that was asked, for programs. */
  List<Fields> fields() {
    return asked().stream()
        .map(source ->
            new Fields()
                .with("source", source.name())
                .with("blocks", source.blocks())
                .with("bytes", source.bytes())
                .with("lies", source.lies())
                .with("outages", source.outages())
                .with("lacks", source.lacks())
                .with("dropped", source.dropped()))
        .toList();
  }

  /** The same for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (SourceShare source : asked()) {
      lines.add(
          "  %s gave %d bytes in %d blocks; wrong %d, failed %d, lacking %d%s"
              .formatted(
                  source.name(),
                  source.bytes(),
                  source.blocks(),
                  source.lies(),
                  source.outages(),
                  source.lacks(),
                  source.dropped() ? "; given up" : ""));
    }
    return lines;
  }

  private List<SourceShare> asked() {
    return sources.stream()
        .filter(source -> source.blocks() + source.lies() + source.outages() + source.lacks() > 0)
        .toList();
  }
}
