package ai.opengradient.worker.journal;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;

/**
 * A job as the journal keeps it.
 *
 * @param terms the deadlines
 * @param version of the model
 * @param binding index of the shape binding
 * @param requester who asked
 * @param maxFee most that the requester pays
 * @param bond what a claim locks; until the job is judged, what the requester asked for
 * @param state where it stands for this worker
 * @param changedAt chain time, seconds, of the last change
 */
public record JobRecord(
    Terms terms,
    long version,
    int binding,
    Address requester,
    Amount maxFee,
    Amount bond,
    State state,
    long changedAt) {

  /** The market's id. */
  public long id() {
    return terms.job();
  }

  /** Whether something is left to do. */
  public boolean isOpen() {
    return !(state instanceof State.Ended);
  }

  /** The job in another state. */
  public JobRecord in(State next, long now) {
    return new JobRecord(terms, version, binding, requester, maxFee, bond, next, now);
  }

  /** The job with the bond that a claim locks. */
  public JobRecord withBond(Amount jobBond) {
    return new JobRecord(terms, version, binding, requester, maxFee, jobBond, state, changedAt);
  }
}
