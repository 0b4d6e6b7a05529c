package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Terms;
import ai.opengradient.worker.job.Turn;
import ai.opengradient.worker.journal.JobRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is due first. */
final class ObligationTest {

  private static final long NOW = 1_000;
  private static final Turn.Drawn DRAWN = new Turn.Drawn(1_050, 1_300);
  private static final Turn LEASED = new Turn.Leased(1_200);

  private static JobRecord job(long id, State state) {
    Address requester = new Address("0x" + "09".repeat(20));
    return new JobRecord(
        new Terms(id, 100, 1_400, 2_000), 1, 0, requester, Amount.ZERO, Amount.ZERO, state, NOW);
  }

  private static Optional<Obligation> next(JobRecord... jobs) {
    return Obligation.next(List.of(jobs), OptionalLong.empty(), NOW);
  }

  private static Optional<Obligation> due(Obligation.Kind kind, long due) {
    return Optional.of(new Obligation(kind, 1, due));
  }

  @Test
  void each_state_has_its_own() {
    State.Ended failed = new State.Ended(Ending.FAILED, "");
    assertThat(next(job(1, new State.Drawing()))).isEqualTo(due(Obligation.Kind.CLAIM, 1_400));
    assertThat(next(job(1, new State.Judging(DRAWN)))).isEqualTo(due(Obligation.Kind.CLAIM, 1_300));
    assertThat(next(job(1, new State.Inferring(LEASED))))
        .isEqualTo(due(Obligation.Kind.CLAIM, 1_200));
    assertThat(next(job(1, new State.Claiming(DRAWN))))
        .isEqualTo(due(Obligation.Kind.CLAIM, 1_300));
    assertThat(next(job(1, new State.Checking(failed)))).isEqualTo(due(Obligation.Kind.CLAIM, NOW));
    assertThat(next(job(1, new State.Waiting(1_100, 0))))
        .isEqualTo(due(Obligation.Kind.FINALISE, 1_100));
    assertThat(next(job(1, new State.Finalising(1)))).isEqualTo(due(Obligation.Kind.FINALISE, NOW));
    for (State nothing :
        List.of(new State.Watching(1), new State.Bidding(), new State.Frozen(0), failed)) {
      assertThat(next(job(1, nothing))).isEmpty();
    }
  }

  @Test
  void the_first_of_all_counts_the_courts_included() {
    JobRecord first = job(1, new State.Waiting(1_500, 0));
    JobRecord second = job(2, new State.Fetching(DRAWN));
    assertThat(next(first, second)).contains(new Obligation(Obligation.Kind.CLAIM, 2, 1_300));
    assertThat(Obligation.next(List.of(first, second), OptionalLong.of(1_299), NOW))
        .contains(new Obligation(Obligation.Kind.COURT, 0, 1_299));
  }

  @Test
  void only_a_drained_worker_without_obligations_is_safe_to_stop() {
    assertThat(status(true, 0, Optional.empty()).isSafeToStop()).isTrue();
    assertThat(status(false, 0, Optional.empty()).isSafeToStop()).isFalse();
    assertThat(status(true, 1, Optional.empty()).isSafeToStop()).isFalse();
    WorkerStatus busy =
        status(true, 0, Optional.of(new Obligation(Obligation.Kind.COURT, 0, NOW + 840)));
    assertThat(busy.isSafeToStop()).isFalse();
    assertThat(busy.secondsLeft()).contains(840L);
    assertThat(
            status(true, 1, Optional.of(new Obligation(Obligation.Kind.CLAIM, 1, NOW - 5)))
                .secondsLeft())
        .contains(0L);
  }

  private static WorkerStatus status(boolean draining, int busy, Optional<Obligation> next) {
    return new WorkerStatus(
        new Address("0x" + "01".repeat(20)),
        1,
        NOW,
        draining,
        busy,
        Map.of(),
        next,
        Map.of(),
        Map.of(),
        Map.of());
  }
}
