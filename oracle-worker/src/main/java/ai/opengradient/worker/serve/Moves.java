package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.Effect;
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
import java.util.Optional;

/** Steps of jobs that are to be committed together. */
final class Moves {

  /** Name of the total of all payments. */
  static final String EARNED = "earned";

  /** What one job went through; {@code before} is empty for a new one. */
  record Move(Optional<State> before, JobRecord after) {

    boolean isChange() {
      return before.isEmpty() || !before.get().equals(after.state());
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
      if (move.after().state() instanceof State.Ended ended) {
        totals.merge(
            ended.ending().name().toLowerCase(Locale.ROOT), BigInteger.ONE, BigInteger::add);
      }
    }
    return new Change(
        cursor, changes().stream().map(Move::after).toList(), inputs, outputs, totals);
  }
}
