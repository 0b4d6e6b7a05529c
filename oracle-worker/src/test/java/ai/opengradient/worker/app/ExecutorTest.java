package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.inference.TestModels;
import ai.opengradient.worker.journal.FleetDatabase;
import ai.opengradient.worker.journal.TakenTask;
import ai.opengradient.worker.journal.TaskEnding;
import ai.opengradient.worker.journal.TaskQueue;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.PostgresServer;
import ai.opengradient.worker.testing.WorkerStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator whose executors die, or run a model that kills its process. */
final class ExecutorTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int SIZE = 700;
  private static final int ENDLESS = 100_000;

  @TempDir private Path folder;

  private static WorkerConfiguration configuration(Path file) {
    return AnyAdminPort.of(WorkerConfiguration.read(Optional.of(file), Map.of()));
  }

  @Test
  void what_executors_do_not_finish_others_do_and_poison_is_quarantined() throws Exception {
    String journal = PostgresServer.database();
    try (WorkerStage stage = new WorkerStage(folder)) {
      int endless =
          stage.publish(
              "endless",
              Files.write(folder.resolve("endless.onnx"), TestModels.outerProduct(SIZE, ENDLESS)));
      stage.join(1);
      Path file = stage.configureCoordinator("coordinator", 1, journal, 1, endless);
      MarketReader market = new MarketReader(stage.client(), stage.deployment());
      // An offer counts from the block after its own.
      stage.mineMany(2, 1);
      try (WorkerApplication coordinator =
              WorkerApplication.coordinate(
                  configuration(file), WorkerStage.PASSWORD, UnaryOperator.identity());
          FleetDatabase database =
              FleetDatabase.connect(journal, Optional.empty(), Duration.ofSeconds(8))) {
        await()
            .atMost(PATIENCE)
            .until(() -> coordinator.service().status().troubles().containsKey("inference"));
        TaskQueue dying = database.tasks("dying");
        dying.live();
        long job = request(stage, 1);
        TakenTask taken = whileMining(stage, dying::take, Optional::isPresent).orElseThrow();
        assertThat(taken.task().job()).isEqualTo(job);
        Path executing = stage.configureExecutor("executor", journal);
        Files.writeString(executing, "inference.timeout=2s\n", StandardOpenOption.APPEND);
        try (ExecutorApplication _ = ExecutorApplication.start(configuration(executing))) {
          whileMining(stage, () -> market.job(job).state(), state -> state == JobState.FINALISED);
          assertThat(dying.finish(taken, new TaskEnding.Failed("too late"))).isFalse();
          long poisoned = request(stage, endless);
          whileMining(stage, () -> coordinator.service().run(poisoned), Optional::isPresent);
          // Chain time waits: on a slow machine the deadline would pass.
          await()
              .atMost(PATIENCE)
              .until(() ->
                  coordinator.service().run(poisoned).stream().anyMatch(run -> run.quarantined()));
          assertThat(coordinator.service().run(poisoned).orElseThrow().failed()).isEqualTo(2);
        }
      }
    }
  }

  private static long request(WorkerStage stage, int version) {
    stage.mineAtOnce();
    long job = stage.request(version, 1);
    stage.mineByHand();
    return job;
  }

  /** Asks again after each second of chain time, which is a real one at least. */
  private static <T> T whileMining(WorkerStage stage, Callable<T> question, Predicate<T> enough) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              stage.mineSecond();
              return question.call();
            },
            enough);
  }
}
