package ai.opengradient.worker.serve;

import ai.opengradient.worker.journal.RunRecord;
import java.util.List;
import java.util.Optional;

/** Which jobs are run no more because their runs end badly, and which models are not taken. */
final class Quarantine {

  /** Runs of a job that may kill their process: the first may have met a machine in need. */
  static final int MOST_FAILED = 2;

  /**
   * Runs of a job that may be begun. Most that are cut off are so because somebody stopped the
   * worker; but a model may have done it.
   */
  static final int MOST_BEGUN = 6;

  /** Jobs of one version in quarantine, from which on further ones are not taken. */
  static final int MOST_JOBS = 2;

  private static final String CUT_OFF = "its runs were cut off with the whole worker";

  private Quarantine() {}

  /** Before a run: what is to be kept, so that a run that takes the worker with it counts too. */
  static RunRecord beginning(long job, long version, Optional<RunRecord> before) {
    return before.orElse(new RunRecord(job, version, 0, 0, false, CUT_OFF)).next();
  }

  /** Whether the job is to be run no more. */
  static boolean isDue(RunRecord run) {
    return run.quarantined() || run.failed() >= MOST_FAILED || run.begun() >= MOST_BEGUN;
  }

  /** Why the job, or any job of the version, is not taken. */
  static Optional<String> closed(long job, long version, List<RunRecord> quarantined) {
    Optional<RunRecord> own = quarantined.stream().filter(run -> run.job() == job).findFirst();
    if (own.isPresent()) {
      return Optional.of("in quarantine: " + own.get().reason());
    }
    List<RunRecord> ofVersion =
        quarantined.stream().filter(run -> run.version() == version).toList();
    return ofVersion.size() < MOST_JOBS
        ? Optional.empty()
        : Optional.of(
            "model in quarantine: "
                + ofVersion.size()
                + " jobs, the last: "
                + ofVersion.getLast().reason());
  }
}
