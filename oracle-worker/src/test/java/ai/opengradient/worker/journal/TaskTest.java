package ai.opengradient.worker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.testing.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each task is run by one executor at a time, and its outcome counts once. */
final class TaskTest {

  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final List<Tensor> INPUTS =
      List.of(Tensor.ofFloats(new float[] {1, -0f, Float.NaN}, 3), Tensor.ofLongs(new long[] {7}));
  private static final List<Tensor> OUTPUTS =
      List.of(Tensor.ofBooleans(new boolean[] {true}, 1), Tensor.ofFloats(new float[] {2}, 1));

  private FleetDatabase database;
  private Lease lease;
  private TaskOffers offers;

  @BeforeEach
  void connect() {
    database = FleetDatabase.connect(PostgresServer.database(), Optional.empty(), LEASE);
    lease = database.take("coordinator").orElseThrow();
    offers = new TaskOffers(lease);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void offer(long job) {
    offers.offer(new Task(job, 3, 1, INPUTS));
  }

  @Test
  void anAnswerComesBackAsItWasGiven() {
    offer(1);
    TaskQueue executor = database.tasks("executor");
    TakenTask taken = executor.take().orElseThrow();
    assertThat(taken.task()).isEqualTo(new Task(1, 3, 1, INPUTS));
    assertThat(executor.take()).isEmpty();
    assertThat(offers.collect(Set.of(1L))).isEmpty();
    TaskEnding.Answered answered = new TaskEnding.Answered(OUTPUTS, "an engine");
    assertThat(executor.finish(taken, answered)).isTrue();
    assertThat(executor.finish(taken, new TaskEnding.Failed("twice"))).isFalse();
    assertThat(offers.collect(Set.of(2L))).isEmpty();
    assertThat(offers.collect(Set.of(1L))).containsExactly(Map.entry(1L, answered));
    assertThat(offers.collect(Set.of(1L))).isEmpty();
  }

  @Test
  void failuresKeepTheirKind() {
    for (TaskEnding.Outcome outcome :
        List.of(new TaskEnding.Failed("no\0good"), new TaskEnding.Harmed("killed"))) {
      offer(1);
      TaskQueue executor = database.tasks("executor");
      executor.finish(executor.take().orElseThrow(), outcome);
      assertThat(offers.collect(Set.of(1L)).get(1L)).hasSameClassAs(outcome);
    }
  }

  @Test
  void aJobHasOneTaskAtATime() {
    offer(1);
    offer(1);
    TaskQueue executor = database.tasks("executor");
    assertThat(executor.take()).isPresent();
    offer(1);
    assertThat(executor.take()).isEmpty();
  }

  @Test
  void noTwoExecutorsGetTheSame() throws Exception {
    for (long job = 1; job <= 200; job++) {
      offer(job);
    }
    List<Long> jobs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<Long>>> all = new ArrayList<>();
      for (int executor = 0; executor < 4; executor++) {
        TaskQueue queue = database.tasks("executor " + executor);
        all.add(threads.submit(() -> takeAll(queue)));
      }
      for (Future<List<Long>> taken : all) {
        jobs.addAll(taken.get());
      }
    }
    assertThat(jobs).hasSize(200).doesNotHaveDuplicates();
  }

  private static List<Long> takeAll(TaskQueue queue) {
    List<Long> jobs = new ArrayList<>();
    while (true) {
      Optional<TakenTask> taken = queue.take();
      if (taken.isEmpty()) {
        return jobs;
      }
      jobs.add(taken.get().task().job());
    }
  }

  @Test
  void aDeadExecutorsTaskGoesBackAfterItsLease() {
    offer(1);
    TaskQueue dead = database.tasks("dead");
    TakenTask taken = dead.take().orElseThrow();
    Map<Long, TaskEnding> endings =
        Awaitility.await()
            .until(
                () -> {
                  lease.renew();
                  return offers.collect(Set.of(1L));
                },
                collected -> !collected.isEmpty());
    assertThat(endings).containsExactly(Map.entry(1L, new TaskEnding.Lost("dead")));
    offer(1);
    TaskQueue other = database.tasks("other");
    TakenTask again = other.take().orElseThrow();
    assertThat(again.number()).isNotEqualTo(taken.number());
    assertThat(dead.keep(taken)).isFalse();
    assertThat(dead.finish(taken, new TaskEnding.Failed("too late"))).isFalse();
    assertThat(other.finish(again, new TaskEnding.Answered(OUTPUTS, "it"))).isTrue();
    assertThat(offers.collect(Set.of(1L)).get(1L)).isInstanceOf(TaskEnding.Answered.class);
  }

  @Test
  void signsOfLifeKeepATask() {
    offer(1);
    TaskQueue executor = database.tasks("executor");
    TakenTask taken = executor.take().orElseThrow();
    for (int sign = 0; sign < 50; sign++) {
      assertThat(executor.keep(taken)).isTrue();
      assertThat(offers.collect(Set.of(1L))).isEmpty();
    }
    executor.giveBack(taken);
    assertThat(executor.keep(taken)).isFalse();
    assertThat(database.tasks("other").take()).isPresent();
  }

  @Test
  void executorsAreCountedWhileTheyShowSignsOfLife() {
    assertThat(offers.executors()).isZero();
    database.tasks("one").live();
    database.tasks("two").live();
    database.tasks("two").live();
    assertThat(offers.executors()).isEqualTo(2);
    Awaitility.await()
        .until(() -> {
          lease.renew();
          database.tasks("two").live();
          return offers.executors() == 1;
        });
  }

  @Test
  void tasksOfJobsThatAreOverAreDropped() {
    try (Journal journal =
        Journal.open(lease, JournalFixture.IDENTITY, JournalFixture.START, CommitListener.NOBODY)) {
      offer(1);
      journal.commit(
          new Change(
              Optional.empty(),
              List.of(JournalFixture.job(1, new State.Ended(Ending.LATE, ""))),
              Map.of(),
              Map.of(),
              Map.of()));
      assertThat(offers.collect(Set.of(1L)))
          .containsExactly(Map.entry(1L, new TaskEnding.Dropped()));
      assertThat(database.tasks("executor").take()).isEmpty();
    }
  }

  @Test
  void whoHasLostTheLeaseOffersAndCollectsNothing() {
    offer(1);
    lease.close();
    assertThat(database.take("another")).isPresent();
    assertThatThrownBy(() -> offer(2)).isInstanceOf(JournalException.Superseded.class);
    assertThatThrownBy(() -> offers.collect(Set.of(1L)))
        .isInstanceOf(JournalException.Superseded.class);
  }
}
