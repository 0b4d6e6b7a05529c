package ai.opengradient.worker.journal;

import static ai.opengradient.worker.journal.JournalFixture.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.job.State;
import ai.opengradient.worker.testing.PostgresServer;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.OutboxContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One acts at a time; who was overtaken does nothing any more, wherever it was. */
final class LeaseTest {

  private static final Duration SHORT = Duration.ofMillis(700);

  private final String url = PostgresServer.database();
  private FleetDatabase first;
  private FleetDatabase second;

  @BeforeEach
  void connect() {
    first = FleetDatabase.connect(url, Optional.empty(), SHORT);
    second = FleetDatabase.connect(url, Optional.empty(), SHORT);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private static Journal journal(Lease lease, CommitListener listener) {
    return Journal.open(lease, JournalFixture.IDENTITY, JournalFixture.START, listener);
  }

  private static Lease overtaking(FleetDatabase database) {
    return Awaitility.await()
        .until(() -> database.take("second"), Optional::isPresent)
        .orElseThrow();
  }

  @Test
  void oneHasItUntilItIsGivenBack() {
    Lease lease = first.take("first").orElseThrow();
    assertThat(second.take("second")).isEmpty();
    assertThat(second.holder()).isEqualTo("first");
    lease.close();
    Lease next = second.take("second").orElseThrow();
    assertThat(next.epoch()).isEqualTo(lease.epoch() + 1);
    assertThatThrownBy(lease::renew).isInstanceOf(JournalException.Superseded.class);
    next.renew();
  }

  @Test
  void whoWasOvertakenNeitherReadsNorWrites() {
    Lease lease = first.take("first").orElseThrow();
    Journal overtaken = journal(lease, CommitListener.NOBODY);
    Lease next = overtaking(second);
    try (Journal journal = journal(next, CommitListener.NOBODY)) {
      assertThatThrownBy(
              () -> overtaken.outbox().intend(EffectKey.of("claim", 1), OutboxContract.CALL))
          .isInstanceOf(JournalException.Superseded.class)
          .hasMessageContaining("second");
      assertThatThrownBy(overtaken::openJobs).isInstanceOf(JournalException.Superseded.class);
      assertThat(lease.loss()).containsInstanceOf(JournalException.Superseded.class);
      assertThat(journal.outbox().open()).isEmpty();
    }
  }

  @Test
  void whoSleepsInTheMiddleOfACommitLosesItAndHoldsUpNobody() throws InterruptedException {
    Lease lease = first.take("first").orElseThrow();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch awake = new CountDownLatch(1);
    AtomicBoolean sleeps = new AtomicBoolean();
    Journal sleeper =
        journal(
            lease,
            JournalFixture.hearing(transitions -> {
              if (sleeps.get()) {
                written.countDown();
                uninterruptibly(awake);
              }
            }));
    sleeps.set(true);
    Thread frozen =
        Thread.ofPlatform()
            .start(() ->
                assertThatThrownBy(() -> sleeper.commit(change()))
                    .isInstanceOf(JournalException.class));
    written.await();
    Lease next = overtaking(second);
    awake.countDown();
    frozen.join();
    try (Journal journal = journal(next, CommitListener.NOBODY)) {
      assertThat(lease.loss()).isPresent();
      assertThat(journal.job(1)).isEmpty();
    }
  }

  @Test
  void itRunsOnWhileItIsRenewed() {
    Lease lease = first.take("first").orElseThrow();
    for (int time = 0; time < 20; time++) {
      lease.renew();
      assertThat(second.take("second")).isEmpty();
    }
  }

  private static Change change() {
    return new Change(
        Optional.empty(), List.of(job(1, new State.Drawing())), Map.of(), Map.of(), Map.of());
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
