package ai.opengradient.worker.serve;

import ai.opengradient.store.fetch.FetchReport;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.worker.telemetry.WorkerLog;

/** Tells the log how far the fetch of a model's file is, each tenth of it once. */
final class FetchTelling implements Progress {
  private static final int PARTS = 10;

  private final WorkerLog log;
  private final long version;
  private long told;

  FetchTelling(WorkerLog log, long version) {
    this.log = log;
    this.version = version;
  }

  @Override
  public void advanced(FetchReport report) {
    if (report.sources().isEmpty()) {
      return;
    }
    if (report.done() == report.total()) {
      log.modelFetched(version, report.total(), report.resumed(), report.sources());
    } else if (report.done() / Math.ceilDiv(report.total(), PARTS) > told) {
      told = report.done() / Math.ceilDiv(report.total(), PARTS);
      log.modelComing(version, report.done(), report.total());
    }
  }
}
