package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.Effect;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.Event;
import ai.opengradient.worker.job.JobMachine;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Step;
import ai.opengradient.worker.journal.Change;
import ai.opengradient.worker.journal.JobRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Steps of jobs that are to be committed together. */
final class Moves {

  /** Name of the total of all payments. */
  static final String EARNED = "earned";

  private static final String UNIT = " OPG";

  /** What one job went through; {@code before} is empty for a new one. */
  record Move(Optional<State> before, JobRecord after) {

    boolean isChange() {
      return before.isEmpty() || !before.get().equals(after.state());
    }

    /** Whether it ended now, and not before in the same way. */
    boolean isEnding() {
      return after.state() instanceof State.Ended ended
          && before
              .filter(state -> state instanceof State.Ended then && then.ending() == ended.ending())
              .isEmpty();
    }
  }

  /** An effect that a job wants. */
  record Wish(long job, Effect effect) {}

  private final boolean takesOver;
  private final Map<Long, Move> moves = new LinkedHashMap<>();
  private final List<Wish> wishes = new ArrayList<>();
  private final Map<Long, List<JobTensor>> inputs = new LinkedHashMap<>();
  private final Map<Long, List<JobTensor>> outputs = new LinkedHashMap<>();
  private final Map<String, BigInteger> totals = new LinkedHashMap<>();

  Moves(boolean takesOver) {
    this.takesOver = takesOver;
  }

  /** A job as these moves leave it so far. */
  Optional<JobRecord> moved(long job) {
    return Optional.ofNullable(moves.get(job)).map(Move::after);
  }

  void begin(JobRecord job, List<JobTensor> itsInputs) {
    moves.put(job.id(), new Move(Optional.empty(), job));
    inputs.put(job.id(), itsInputs);
  }

  void step(JobRecord job, Event event, long now) {
    JobRecord present = moved(job.id()).orElse(job);
    Step step = new JobMachine(present.terms(), takesOver).step(present.state(), event);
    JobRecord next = step.state().equals(present.state()) ? present : present.in(step.state(), now);
    Optional<State> before =
        moves.containsKey(job.id()) ? moves.get(job.id()).before() : Optional.of(job.state());
    moves.put(job.id(), new Move(before, next));
    step.effects().forEach(effect -> wishes.add(new Wish(job.id(), effect)));
  }

  /** Keeps the inputs of a job that is open again. */
  void take(long job, List<JobTensor> itsInputs) {
    if (moved(job).filter(JobRecord::isOpen).isPresent()) {
      inputs.put(job, itsInputs);
    }
  }

  void answer(long job, List<JobTensor> itsOutputs) {
    outputs.put(job, itsOutputs);
  }

  /** Keeps what was paid with the job, so that it is told once. */
  void paid(long job, Amount earned, long now) {
    moved(job)
        .filter(moved -> moved.state() instanceof State.Ended)
        .ifPresent(moved -> {
          Optional<State> before = Objects.requireNonNull(moves.get(job)).before();
          State told = new State.Ended(Ending.PAID, earned + UNIT);
          moves.put(job, new Move(before, moved.in(told, now)));
        });
  }

  /** What ended may have to go on: a payment that is gone was none. */
  void takeBack(JobRecord job, Event.TakenBack event, long now) {
    step(job, event, now);
    if (moved(job.id()).filter(JobRecord::isOpen).isPresent()
        && job.state() instanceof State.Ended(Ending ending, String paid)) {
      totals.merge(
          ending.name().toLowerCase(Locale.ROOT), BigInteger.ONE.negate(), BigInteger::add);
      if (!paid.isEmpty()) {
        Amount amount = Amount.parse(paid.substring(0, paid.length() - UNIT.length()));
        earn(amount.units().negate());
      }
    }
  }

  void earn(BigInteger units) {
    totals.merge(EARNED, units, BigInteger::add);
  }

  List<Move> changes() {
    return moves.values().stream().filter(Move::isChange).toList();
  }

  List<Wish> wishes() {
    return List.copyOf(wishes);
  }

  /** What to write, together with how far the chain is read. */
  Change toChange(Optional<BlockReference> cursor) {
    for (Move move : changes()) {
      if (move.isEnding() && move.after().state() instanceof State.Ended ended) {
        totals.merge(
            ended.ending().name().toLowerCase(Locale.ROOT), BigInteger.ONE, BigInteger::add);
      }
    }
    return new Change(
        cursor, changes().stream().map(Move::after).toList(), inputs, outputs, totals);
  }
}
