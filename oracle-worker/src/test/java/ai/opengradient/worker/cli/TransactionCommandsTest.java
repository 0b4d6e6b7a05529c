package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.testing.AnyAdminPort;
import ai.opengradient.worker.testing.WorkerStage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator looks after the transactions of a running worker whose claim no block takes. */
final class TransactionCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aWaitingClaimIsListedMadeDearerAndGivenUp() throws Exception {
    try (WorkerStage stage = new WorkerStage(folder)) {
      stage.join(1);
      Path file = stage.configure(1, 1);
      // An offer counts from the block after its own.
      stage.mineSecond();
      long job = stage.request(1, 2);
      stage.mineMany(5, 1);
      stage.mineByHand();
      try (WorkerApplication worker =
          WorkerApplication.start(
              AnyAdminPort.of(WorkerConfiguration.read(Optional.of(file), Map.of())),
              WorkerStage.PASSWORD)) {
        Path home = commandsFor(worker, file);
        String claim = "claim/" + job;
        await()
            .atMost(PATIENCE)
            .until(() -> listed(home, claim).path("stage").asText().equals("Signed"));
        JsonNode waiting = listed(home, claim);
        assertThat(waiting.path("hashes")).hasSize(1);

        JsonNode dearer = Invocation.json(home, "tx", "bump", claim).answer();
        assertThat(new BigInteger(dearer.path("maxFee").asText()))
            .isGreaterThan(new BigInteger(waiting.path("maxFee").asText()));
        assertThat(listed(home, claim).path("hashes"))
            .extracting(JsonNode::asText)
            .contains(dearer.path("transaction").asText(), waiting.at("/hashes/0").asText());

        assertRefused(home, "OPG-210", "tx", "bump", "claim/999");
        assertRefused(home, "OPG-212", "tx", "cancel", claim);
        assertRefused(home, "OPG-213", "tx", "bump", claim, "--cap", "0.000000001");

        String given =
            Invocation.json(home, "tx", "cancel", claim, "--yes-lose-what-it-binds")
                .answer()
                .path("transaction")
                .asText();
        stage.mineMany(3, 1);
        assertThat(stage.client().receipt(Hash.fromHex(given))).isPresent();
        await()
            .atMost(PATIENCE)
            .until(() -> listed(home, claim).path("stage").asText().equals("Closed"));
        assertThat(listed(home, claim).path("outcome").asText()).isEqualTo("Cancelled");
        assertRefused(home, "OPG-211", "tx", "bump", claim);
        assertThat(new MarketReader(stage.client(), stage.deployment()).job(job).state())
            .isNotEqualTo(JobState.CLAIMED);
      }
    }
  }

  /** The worker's folder, where its port stands in the configuration from now on. */
  private static Path commandsFor(WorkerApplication worker, Path configuration) throws IOException {
    Files.writeString(
        configuration, "admin.port=" + worker.adminPort() + "\n", StandardOpenOption.APPEND);
    return Objects.requireNonNull(configuration.getParent());
  }

  private static JsonNode listed(Path home, String effect) {
    for (JsonNode entry : Invocation.json(home, "tx", "list").answer().path("transactions")) {
      if (entry.path("effect").asText().equals(effect)) {
        return entry;
      }
    }
    return MissingNode.getInstance();
  }

  private static void assertRefused(Path home, String code, String... command) {
    assertThat(Invocation.json(home, command).failure().path("code").asText()).isEqualTo(code);
  }
}
