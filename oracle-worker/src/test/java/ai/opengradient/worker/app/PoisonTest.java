package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.inference.TestModels;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose runs kill their process costs its own jobs only. */
final class PoisonTest {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final int SIZE = 700;

  @TempDir private Path folder;

  private static WorkerConfiguration configuration(Path file) {
    return AnyAdminPort.of(WorkerConfiguration.read(Optional.of(file), Map.of()));
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void a_job_that_kills_its_process_twice_is_run_no_more_and_two_close_its_model()
      throws Exception {
    try (WorkerStage stage = new WorkerStage(folder)) {
      int endless = publish(stage, "endless", 100_000);
      stage.join(1);
      Path file = stage.configure(1, 1, endless);
      append(file, "inference.timeout=2s");
      stage.mineEverySecond();
      MarketReader market = new MarketReader(stage.client(), stage.deployment());
      try (WorkerApplication worker =
          WorkerApplication.start(configuration(file), WorkerStage.PASSWORD)) {
        for (int poisoned = 1; poisoned <= 2; poisoned++) {
          long job = stage.request(endless, 1);
          await()
              .atMost(PATIENCE)
              .until(() -> worker.service().run(job).stream().anyMatch(run -> run.quarantined()));
          assertThat(worker.service().run(job).orElseThrow().failed()).isEqualTo(2);
        }
        long third = stage.request(endless, 1);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(worker.service().job(third).map(seen -> seen.state().toString()))
                    .hasValueSatisfying(
                        state -> assertThat(state).contains("model in quarantine: 2 jobs")));
        long good = stage.request(1, 2);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(market.job(good).state()).isEqualTo(JobState.FINALISED));
      }
    }
  }

  @Test
  void a_job_is_tried_again_when_somebody_wants_it() throws Exception {
    try (WorkerStage stage = new WorkerStage(folder)) {
      int slow = publish(stage, "slow", 150);
      stage.join(1);
      Path file = stage.configure(1, 1, slow);
      append(file, "inference.timeout=300ms");
      MarketReader market = new MarketReader(stage.client(), stage.deployment());
      stage.mineByHand();
      stage.mineAtOnce();
      // An offer counts from the block after its own.
      stage.mineSecond();
      long job = stage.request(slow, 0);
      // Past the time in which a job can be declined.
      stage.mineMany(3, 10);
      stage.mineByHand();
      try (WorkerApplication worker =
          WorkerApplication.start(configuration(file), WorkerStage.PASSWORD)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(worker.service().job(job).map(seen -> seen.state()))
                    .hasValueSatisfying(state ->
                        assertThat(state)
                            .isInstanceOfSatisfying(
                                State.Ended.class,
                                ended -> assertThat(ended.ending()).isEqualTo(Ending.FAILED))));
        assertThat(worker.service().quarantined()).hasSize(1);
      }
      Files.writeString(
          file, Files.readString(file).replace("inference.timeout=300ms", "inference.timeout=5m"));
      try (WorkerApplication worker =
          WorkerApplication.start(configuration(file), WorkerStage.PASSWORD)) {
        worker.service().retry(job);
        await()
            .atMost(PATIENCE)
            .until(() -> worker.service().job(job).orElseThrow().state() instanceof State.Claiming);
        assertThat(worker.service().quarantined()).isEmpty();
        // By hand: on a slow machine the chain's clock would be past the deadline.
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> {
              stage.mineSecond();
              assertThat(market.job(job).state()).isEqualTo(JobState.FINALISED);
            });
      }
    }
  }

  private int publish(WorkerStage stage, String name, int products) throws IOException {
    Path model =
        Files.write(folder.resolve(name + ".onnx"), TestModels.outerProduct(SIZE, products));
    return stage.publish(name, model);
  }
}
