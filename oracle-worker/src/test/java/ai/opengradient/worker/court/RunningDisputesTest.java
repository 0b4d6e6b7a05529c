package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.worker.app.WatchApplication;
import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.dispute.Tampered;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.Repository;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker and a watcher as they run outside of tests, with their threads and their child
 * processes. The chain's time moves when this says so: nobody is late because a machine is slow.
 */
final class RunningDisputesTest {
  private static final int WORKER = 1;
  private static final int WATCHER = 5;
  private static final int GRIEFER = 6;
  private static final Amount FUNDS = Amount.parse("5000");
  private static final int LOOKS = 6_000;

  @TempDir private Path folder;

  private WorkerStage stage;
  private MarketReader market;
  private CourtReader court;
  private Path file;
  private int version;

  @BeforeEach
  void start() {
    stage = new WorkerStage(folder);
    file = Repository.root().resolve("example-models/models/volatility.onnx");
    version = stage.publishDisputable("judged volatility", file);
    market = new MarketReader(stage.client(), stage.deployment());
    court = new CourtReader(stage.client(), stage.deployment());
    stage.join(WORKER);
    stage.fund(WATCHER, FUNDS);
    stage.fund(GRIEFER, FUNDS);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  /**
   * Waits. Blocks are mined for what is sent, a second each, and for time alone only where the wait
   * is for that.
   */
  private void await(String what, BooleanSupplier end, BooleanSupplier isTimeDue, Party other)
      throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (end.getAsBoolean()) {
        return;
      }
      other.step();
      if (isAnythingPending() || isTimeDue.getAsBoolean()) {
        stage.mineSecond();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("this did not come: " + what);
  }

  private boolean isAnythingPending() {
    return Stream.of(WORKER, WATCHER, GRIEFER)
        .map(account -> HardhatNode.account(account).address())
        .anyMatch(address -> stage.client().pendingNonce(address) > stage.client().nonce(address));
  }

  @Test
  void a_running_worker_defends_itself() throws Exception {
    WorkerConfiguration configuration =
        AnyAdminPort.of(
            WorkerConfiguration.read(Optional.of(stage.configure(WORKER, version)), Map.of()));
    long job = stage.request(version, 0.01f);
    Party challenger = Party.falseChallenger(stage, GRIEFER, job);
    stage.mineByHand();
    // Committed to before the claim, so that it can be opened at once.
    challenger.step();
    stage.mineSecond();
    try (WorkerApplication _ = WorkerApplication.start(configuration, WorkerStage.PASSWORD)) {
      await("the claim", () -> market.job(job).state() == JobState.CLAIMED, () -> true, () -> {});
      await("the answer", () -> isRevealed(job), () -> false, challenger);
      await(
          "the payment", () -> market.job(job).state() == JobState.FINALISED, () -> true, () -> {});
    }
    assertThat(court.dispute(job).stage()).isEqualTo(Dispute.Stage.UPHELD);
    assertThat(court.challenge(1).status()).isEqualTo(Challenge.Status.LOST);
  }

  private boolean isRevealed(long job) {
    return court.isRevealed(job, new ai.opengradient.worker.dispute.Path.Nodes(0, 0));
  }

  @Test
  void a_running_watcher_convicts_and_its_data_may_get_lost_on_the_way() throws Exception {
    Path settings = stage.configure(WATCHER);
    WatchConfiguration configuration =
        WatchConfiguration.read(Optional.of(settings), folder, Map.of());
    Claimed claimed = lie();
    Party liar = Liar.party(stage, WORKER, claimed);
    try (WatchApplication _ = WatchApplication.start(configuration, WorkerStage.PASSWORD)) {
      await(
          "the trace",
          () -> court.dispute(claimed.job()).isAsserted(),
          this::isOnlyCommitted,
          liar);
    }
    delete(configuration.data());
    try (WatchApplication _ = WatchApplication.start(configuration, WorkerStage.PASSWORD)) {
      await("the proof", () -> court.dispute(claimed.job()).isRefuted(), () -> false, liar);
      await(
          "the reward",
          () -> court.challenge(1).status() == Challenge.Status.RETURNED,
          () -> true,
          liar);
    }
    assertThat(market.job(claimed.job()).state()).isEqualTo(JobState.REFUTED);
    assertThat(court.challengeCount()).isEqualTo(1);
  }

  /** A challenge is opened a second later, at least. */
  private boolean isOnlyCommitted() {
    return court.challengeCount() == 1
        && court.challenge(1).status() == Challenge.Status.COMMITTED
        && stage.client().newestBlock().timestamp() == court.challenge(1).since();
  }

  private Claimed lie() throws IOException {
    LoweredModel model = Lowering.lower(Files.readAllBytes(file), Binding.NONE);
    int output = model.program().outputs().getFirst();
    return Claimed.of(
        stage, WORKER, version, model, given -> Tampered.flipped(model.program(), given, output));
  }

  private static void delete(Path data) throws IOException {
    try (Stream<Path> entries = Files.walk(data)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
