package ai.opengradient.worker.serve;

import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;
import ai.opengradient.worker.journal.JobRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Something that the worker has to do, and until when.
 *
 * @param job which job it is about; 0 for a move in court, which may be about several
 * @param due chain time, Unix seconds
 */
public record Obligation(Kind kind, long job, long due) {

  /** What there is to do. */
  public enum Kind {
    /** Claim, or pass on. */
    CLAIM,
    /** Ask for payment; it is lost for nobody if that is late. */
    FINALISE,
    /** Answer in court. */
    COURT
  }

  /**
   * What is due first.
   *
   * @param court until when the next move in court is due
   * @param now chain time, Unix seconds
   */
  static Optional<Obligation> next(List<JobRecord> open, OptionalLong court, long now) {
    return Stream.concat(
            open.stream().flatMap(job -> of(job.terms(), job.state(), now).stream()),
            court.stream().mapToObj(due -> new Obligation(Kind.COURT, 0, due)))
        .min(Comparator.comparingLong(Obligation::due));
  }

  private static Optional<Obligation> of(Terms terms, State state, long now) {
    return switch (state) {
      // Whose turn it is will be known a block later, and may be this worker's.
      case State.Drawing _ -> claim(terms, terms.claimDeadline());
      case State.Judging judging -> claim(terms, judging.turn().deadline());
      case State.Fetching fetching -> claim(terms, fetching.turn().deadline());
      case State.Inferring inferring -> claim(terms, inferring.turn().deadline());
      case State.Claiming claiming -> claim(terms, claiming.turn().deadline());
      case State.Declining _, State.Leasing _, State.Checking _ -> claim(terms, now);
      case State.Waiting waiting ->
          Optional.of(new Obligation(Kind.FINALISE, terms.job(), waiting.readyAt()));
      case State.Finalising _ -> Optional.of(new Obligation(Kind.FINALISE, terms.job(), now));
      case State.Watching _, State.Bidding _, State.Frozen _, State.Ended _ -> Optional.empty();
    };
  }

  private static Optional<Obligation> claim(Terms terms, long due) {
    return Optional.of(new Obligation(Kind.CLAIM, terms.job(), due));
  }
}
