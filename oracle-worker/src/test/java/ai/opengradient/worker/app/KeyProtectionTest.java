package ai.opengradient.worker.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.config.Role;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.RemoteSignerServer;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker, its key and its journal on a real node: who else sends, and what got lost. */
final class KeyProtectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  private WorkerStage stage;
  private MarketReader market;
  private Path file;

  @BeforeEach
  void start() {
    stage = new WorkerStage(folder);
    stage.join(1);
    file = stage.configure(1, 1, 2);
    market = new MarketReader(stage.client(), stage.deployment());
    stage.mineEverySecond();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private WorkerConfiguration configuration() {
    return AnyAdminPort.of(WorkerConfiguration.read(Optional.of(file), Map.of()));
  }

  private WorkerApplication worker() throws Exception {
    return WorkerApplication.start(configuration(), WorkerStage.PASSWORD);
  }

  private void awaitState(long job, JobState state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(market.job(job).state()).isEqualTo(state));
  }

  private static void awaitTrouble(WorkerApplication worker, String where, String reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(worker.service().status().troubles().get(where)).contains(reason));
  }

  private static void awaitNoTrouble(WorkerApplication worker) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(worker.service().status().block()).isPositive();
          assertThat(worker.service().status().troubles()).isEmpty();
        });
  }

  @Test
  void a_stranger_that_sends_with_the_key_ends_the_taking_of_jobs() throws Exception {
    try (WorkerApplication worker = worker()) {
      long first = stage.request(1, 2);
      awaitState(first, JobState.CLAIMED);
      stage.send(
          HardhatNode.account(1),
          new TokenCalls(stage.deployment())
              .approve(stage.deployment().workers(), Amount.parse("1")));
      awaitTrouble(worker, "key", "another process sends with its key");
      long second = stage.request(1, 3);
      awaitState(second, JobState.OPEN);
      // What was promised before is still kept.
      awaitState(first, JobState.FINALISED);
    }
    try (WorkerApplication again = worker()) {
      awaitNoTrouble(again);
    }
  }

  @Test
  void a_claim_by_a_stranger_halts_the_worker_until_somebody_looks() throws Exception {
    long nonce;
    try (WorkerApplication worker = worker()) {
      awaitNoTrouble(worker);
      stage.mineByHand();
      stage.mineAtOnce();
      long job = stage.request(1, 2);
      // One to draw by, and one in which the draw is known: a block before the worker looks.
      stage.mineSecond();
      stage.mineSecond();
      stage.send(
          HardhatNode.account(1),
          new MarketCalls(stage.deployment())
              .claim(
                  job,
                  HardhatNode.account(1).address(),
                  JobTensor.inline(List.of(Tensor.ofFloats(new float[] {6.5f}, 1)))));
      stage.mineEverySecond();
      awaitTrouble(worker, "key", "job " + job + " was claimed with this worker's key");
      nonce = stage.client().nonce(HardhatNode.account(1).address());
      long block = stage.client().newestBlock().number();
      await().atMost(PATIENCE).until(() -> stage.client().newestBlock().number() > block + 10);
    }
    assertThat(stage.client().nonce(HardhatNode.account(1).address())).isEqualTo(nonce);
    try (WorkerApplication again = worker()) {
      awaitTrouble(again, "key", "was claimed with this worker's key");
    }
    try (WorkerApplication reconciled =
        WorkerApplication.reconcile(configuration(), WorkerStage.PASSWORD, Role.ALONE)) {
      awaitState(1, JobState.FINALISED);
      awaitNoTrouble(reconciled);
    }
  }

  @Test
  void what_was_lost_with_a_journal_is_asked_for_and_found_again() throws Exception {
    Path copy = folder.resolve("journal-copy.db");
    Path journal = configuration().data().resolve("journal.db");
    long job;
    try (WorkerApplication worker = worker()) {
      awaitNoTrouble(worker);
      worker.service().backup(copy);
      job = stage.request(1, 2);
      awaitState(job, JobState.CLAIMED);
      stage.mineByHand();
    }
    Files.delete(journal);
    assertThatThrownBy(this::worker)
        .isInstanceOf(OpgException.class)
        .satisfies(refused ->
            assertThat(((OpgException) refused).code()).isEqualTo(ErrorCode.JOURNAL_MISSING))
        .hasMessageContaining("100 OPG locked");
    assertThat(Files.exists(journal)).isFalse();
    Journal.restore(copy, configuration().data());
    stage.mineEverySecond();
    try (WorkerApplication restored = worker()) {
      awaitState(job, JobState.FINALISED);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(restored.service().status().totals()).containsKey("paid"));
      assertThat(restored.service().status().troubles()).isEmpty();
    }
    Files.delete(journal);
    // It owes nothing any more.
    try (WorkerApplication anew = worker()) {
      awaitNoTrouble(anew);
      long other = stage.request(2, 0.01f);
      awaitState(other, JobState.CLAIMED);
    }
    Files.delete(journal);
    try (WorkerApplication reconciled =
        WorkerApplication.reconcile(configuration(), WorkerStage.PASSWORD, Role.ALONE)) {
      awaitState(2, JobState.FINALISED);
      awaitNoTrouble(reconciled);
    }
  }

  @Test
  void a_remote_signer_that_fails_is_trouble_and_nothing_is_lost() throws Exception {
    try (RemoteSignerServer signer = new RemoteSignerServer(1)) {
      useRemote(signer);
      try (WorkerApplication worker = WorkerApplication.start(configuration(), "")) {
        awaitNoTrouble(worker);
        long first = stage.request(1, 2);
        awaitState(first, JobState.CLAIMED);
        signer.answersWith(500);
        awaitTrouble(worker, "transactions", "status 500");
        signer.answersWith(200);
        awaitState(first, JobState.FINALISED);
        awaitNoTrouble(worker);
      }
      assertThat(signer.signatures()).isGreaterThanOrEqualTo(2);
    }
  }

  private void useRemote(RemoteSignerServer signer) throws IOException {
    Files.delete(file.resolveSibling("keystore.json"));
    Files.writeString(
        file,
        "key.remote=" + HardhatNode.account(1).address().hex() + "@" + signer.url() + "\n",
        StandardOpenOption.APPEND);
  }
}
