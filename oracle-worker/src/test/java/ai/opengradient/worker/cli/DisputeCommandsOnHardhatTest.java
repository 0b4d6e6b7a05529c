package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChallengeCommitment;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.Repository;
import ai.opengradient.worker.testing.WorkerStage;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands about disputes: one job with a wrong claim that is disputed, one without a claim.
 */
final class DisputeCommandsOnHardhatTest {
  private static final int WORKER = 1;
  private static final int CHALLENGER = 5;
  private static final Amount FUNDS = Amount.parse("1000");
  private static final Hash SALT = Hash.of(new byte[Hash.LENGTH]);

  @TempDir private static Path folder;

  private static WorkerStage stage;
  private static Path home;
  private static long disputed;
  private static long unclaimed;

  @BeforeAll
  static void dispute() {
    stage = new WorkerStage(folder);
    int version =
        stage.publishDisputable(
            "judged volatility",
            Repository.root().resolve("example-models/models/volatility.onnx"));
    stage.join(WORKER);
    home = Objects.requireNonNull(stage.configure(WORKER).getParent());
    stage.fund(CHALLENGER, FUNDS);
    Signer challenger = HardhatNode.account(CHALLENGER);

    disputed = stage.request(version, 0.01f);
    CourtCalls court = new CourtCalls(stage.deployment());
    stage.send(
        challenger,
        court.challenge(
            ChallengeCommitment.of(stage.deployment(), challenger.address(), disputed, SALT),
            new CourtReader(stage.client(), stage.deployment()).minimumBond(disputed)));
    stage.mineSecond();
    Signer worker = HardhatNode.account(WORKER);
    stage.send(
        worker,
        new MarketCalls(stage.deployment())
            .claim(
                disputed,
                worker.address(),
                JobTensor.inline(List.of(Tensor.ofFloats(new float[] {100}, 1, 1)))));
    stage.holdTime();
    stage.send(challenger, court.open(1, disputed, SALT));
    unclaimed = stage.request(version, 0.02f);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  private static String text(String... arguments) {
    Invocation invocation = Invocation.of(home, arguments);
    assertThat(invocation.err()).isEmpty();
    return invocation.out();
  }

  private static String id(long job) {
    return Long.toString(job);
  }

  @Test
  void disputes_are_listed() {
    JsonNode disputes = Invocation.json(home, "dispute", "list").answer().get("disputes");
    assertThat(disputes).hasSize(1);
    assertThat(disputes.get(0).get("job").asLong()).isEqualTo(disputed);
    assertThat(disputes.get(0).get("stage").asText()).isEqualTo("disputed");
    assertThat(text("dispute", "list")).contains("challenges", "disputed");
    assertThat(text("dispute", "list", "--since", "999999")).contains("no disputes");
  }

  @Test
  void a_dispute_is_shown_with_whose_turn_it_is() {
    JsonNode shown = Invocation.json(home, "dispute", "show", id(disputed)).answer();
    assertThat(shown.get("asserted").asBoolean()).isFalse();
    JsonNode challenge = shown.get("moves").get(0);
    assertThat(challenge.get("status").asText()).isEqualTo("open");
    assertThat(challenge.get("turn").asText()).isEqualTo("worker");
    assertThat(challenge.get("bond").asText()).isEqualTo("22");
    assertThat(text("dispute", "show", id(disputed))).contains("not asserted its trace yet");
  }

  @Test
  void a_dispute_is_told_move_by_move() {
    assertThat(text("dispute", "replay", id(disputed)).lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("challenge 1 by", "is open");
  }

  @Test
  void what_would_be_disputed_is_found_without_a_dispute() {
    JsonNode found = Invocation.json(home, "dispute", "dry-run", id(disputed)).answer();
    assertThat(found.get("dispute").asBoolean()).isTrue();
    assertThat(found.get("element").asInt()).isZero();
    assertThat(text("dispute", "dry-run", id(disputed)))
        .matches("(?s)would dispute: node \\d+ \\(.*\\), element 0: 100.0 instead of 0\\.\\d+\\s*");
  }

  @Test
  void a_job_without_a_dispute_has_nothing_to_show() {
    for (String command : List.of("show", "replay")) {
      assertThat(
              Invocation.json(home, "dispute", command, id(unclaimed))
                  .failure()
                  .get("code")
                  .asText())
          .isEqualTo("OPG-811");
    }
    assertThat(
            Invocation.json(home, "dispute", "dry-run", id(unclaimed))
                .failure()
                .get("code")
                .asText())
        .isEqualTo("OPG-806");
  }
}
