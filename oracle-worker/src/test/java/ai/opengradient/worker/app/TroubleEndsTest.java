package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.journal.CommitListener;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.WorkerStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose commits fail for some time says so, and works again as soon as they don't. */
final class TroubleEndsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void theDeskIsInTroubleWhileCommitsFailAndNoLonger() throws Exception {
    AtomicBoolean failing = new AtomicBoolean();
    try (WorkerStage stage = new WorkerStage(folder)) {
      stage.join(1);
      WorkerConfiguration configuration =
          AnyAdminPort.of(WorkerConfiguration.read(Optional.of(stage.configure(1, 1)), Map.of()));
      stage.mineEverySecond();
      MarketReader market = new MarketReader(stage.client(), stage.deployment());
      try (WorkerApplication application =
          WorkerApplication.start(
              configuration,
              WorkerStage.PASSWORD,
              counted -> new FailingCommits(counted, failing))) {
        failing.set(true);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(application.service().status().troubles()).containsKey("worker"));
        failing.set(false);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(application.service().status().troubles()).isEmpty());
        long job = stage.request(1, 2);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(market.job(job).state()).isEqualTo(JobState.FINALISED));
      }
    }
  }

  /** Has commits fail while somebody wants it. */
  private record FailingCommits(CommitListener counted, AtomicBoolean failing)
      implements CommitListener {

    @Override
    public void committing(Set<String> transitions) {
      if (failing.get()) {
        throw new IllegalStateException("no commit now");
      }
      counted.committing(transitions);
    }

    @Override
    public void committed(Set<String> transitions) {
      counted.committed(transitions);
    }
  }
}
