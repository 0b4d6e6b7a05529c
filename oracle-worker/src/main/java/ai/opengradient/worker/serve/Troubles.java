package ai.opengradient.worker.serve;

import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is wrong right now, by where. While there is anything, no new jobs are taken. */
final class Troubles {

  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();
  private final WorkerLog log;
  private final WorkerMetrics metrics;
  private volatile boolean halted;

  Troubles(WorkerLog log, WorkerMetrics metrics) {
    this.log = log;
    this.metrics = metrics;
  }

  /** Something is wrong there, or, when empty, nothing any more. */
  void report(String where, Optional<String> reason) {
    if (reason.isPresent()) {
      if (reasons.put(where, reason.get()) == null) {
        log.troubleBegan(where, reason.get());
      }
    } else if (reasons.remove(where) != null) {
      log.troubleEnded(where);
    }
    metrics.troubles(reasons.size());
  }

  /** Something is so wrong that nothing may be sent any more until a person has looked at it. */
  void halt(String where, String reason) {
    halted = true;
    if (!reason.equals(reasons.put(where, reason))) {
      log.halted(where, reason);
    }
    metrics.troubles(reasons.size());
    metrics.halted();
  }

  /** Whether nothing may be sent any more. */
  boolean isHalted() {
    return halted;
  }

  Map<String, String> all() {
    return Map.copyOf(reasons);
  }

  Optional<String> first() {
    return reasons.values().stream().findFirst();
  }
}
