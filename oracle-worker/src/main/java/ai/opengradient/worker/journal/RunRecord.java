package ai.opengradient.worker.journal;

/**
 * A job whose runs did not end well so far.
 *
 * @param job the market's id
 * @param version of its model
 * @param begun how many runs were begun, those included that were cut off with the whole worker
 * @param failed how many of them killed their process
 * @param quarantined whether it is run no more
 * @param reason how the last run ended, for people
 */
public record RunRecord(
    long job, long version, int begun, int failed, boolean quarantined, String reason) {

  /** The same, run no more. */
  public RunRecord inQuarantine() {
    return new RunRecord(job, version, begun, failed, true, reason);
  }

  /** The same with another run begun. */
  public RunRecord next() {
    return new RunRecord(job, version, begun + 1, failed, quarantined, reason);
  }

  /** The same without its last run. */
  public RunRecord notBegun() {
    return new RunRecord(job, version, begun - 1, failed, quarantined, reason);
  }

  /** The same after its last run killed its process. */
  public RunRecord killed(String how) {
    return new RunRecord(job, version, begun, failed + 1, quarantined, how);
  }
}
