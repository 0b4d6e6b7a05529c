package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.BenchmarkModels;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.ModelCalls;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.keys.KeyLock;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.TokenTransfer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands in the order in which an operator and a requester use them, on a real EVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsOnHardhatTest {
  private final HardhatNode node = HardhatNode.start();
  private Path folder;
  private Deployment deployment;

  @BeforeAll
  void setUp(@TempDir Path directory) throws IOException, InterruptedException {
    folder = directory;
    deployment = node.deploy(folder);
    String account =
        Invocation.json(folder, "worker", "init", "--rpc", node.url().toString())
            .answer()
            .get("worker")
            .asText();
    Files.writeString(
        folder.resolve("opg.properties"),
        "\nchain.confirmations=0\nchain.poll-interval=50ms\n",
        StandardOpenOption.APPEND);
    node.rpc("hardhat_setBalance", account, "0x8ac7230489e80000");
    send(TokenTransfer.of(deployment, new Address(account), Amount.parse("5000")));
    Files.write(folder.resolve("line.onnx"), BenchmarkModels.line());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  @Order(1)
  void a_model_is_published_and_registered() {
    String manifest =
        Invocation.json(
                folder,
                "model",
                "publish",
                "line.onnx",
                "--licence",
                "MIT",
                "--band",
                "y=1e-3,1e-4")
            .answer()
            .get("manifest")
            .asText();
    JsonNode registered =
        Invocation.json(folder, "model", "register", manifest, "--royalty", "0.25", "--bond", "150")
            .answer();
    assertThat(registered.get("version").asLong()).isEqualTo(1);
    assertThat(registered.get("model").asLong()).isEqualTo(1);
    assertThat(registered.get("royalty").asText()).isEqualTo("0.25");
    JsonNode second =
        Invocation.json(folder, "model", "register", manifest, "--model", "1", "--undisputable")
            .answer();
    assertThat(registered.get("programs")).hasSize(1);
    assertThat(second.get("programs")).isEmpty();
    assertThat(second.get("version").asLong()).isEqualTo(2);
    assertThat(second.get("model").asLong()).isEqualTo(1);
  }

  @Test
  @Order(2)
  void versions_are_listed_and_shown() {
    JsonNode list = Invocation.json(folder, "model", "list").answer();
    assertThat(list.get("total").asLong()).isEqualTo(2);
    assertThat(list.get("versions")).hasSize(2);
    assertThat(list.get("versions").get(0).get("version").asLong()).isEqualTo(2);
    JsonNode shown = Invocation.json(folder, "model", "show", "1").answer();
    assertThat(shown.get("bond").asText()).isEqualTo("150");
    assertThat(shown.get("quote").isNull()).isTrue();
    assertThat(shown.get("bindings").get(0).get("inputs").get(0))
        .hasToString("{\"name\":\"x\",\"type\":\"float32\",\"shape\":[1]}");
    assertThat(shown.get("bindings").get(0).get("program").asText()).startsWith("0x");
    assertThat(Invocation.of(folder, "model", "show", "1").out())
        .contains("line", "in  x float32[1]", "out y float32[1]", "attested by 0", "no offers");
    assertThat(Invocation.of(folder, "model", "show", "2").out()).contains("undisputable");
  }

  @Test
  @Order(3)
  void what_is_not_there_ends_with_five() {
    expectFailure(5, "OPG-329", "model", "show", "9");
    expectFailure(5, "OPG-301", "job", "result", "9");
    expectFailure(5, "OPG-328", "model", "register", manifest(), "--model", "7");
  }

  @Test
  @Order(4)
  void a_request_without_a_worker_is_refused() {
    expectFailure(4, "OPG-309", "job", "request", "1", "--accept-undisputable", "--input", "x=[1]");
  }

  @Test
  @Order(4)
  void who_has_no_stake_attests_nothing() {
    expectFailure(5, "OPG-342", "model", "attest", "1");
  }

  @Test
  @Order(5)
  void a_worker_stakes_and_offers() throws IOException {
    expectFailure(2, "OPG-101", "worker", "stake", "2000");
    String cold = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    JsonNode staked =
        Invocation.json(folder, "worker", "stake", "2000.5", "--withdrawal", cold).answer();
    assertThat(staked.get("staked").asText()).isEqualTo("2000.5");
    assertThat(staked.get("withdrawal").asText()).isEqualTo(cold);
    assertThat(Invocation.json(folder, "worker", "stake", "1").answer().get("staked").asText())
        .isEqualTo("2001.5");
    String[] serve = {"worker", "serve", "1", "--price", "2.5", "--bond-limit", "500"};
    assertThat(Invocation.json(folder, serve).answer().get("repriced").asBoolean()).isFalse();
    assertThat(Files.readString(folder.resolve("opg.properties")))
        .contains("offer.1.price = 2.5", "offer.1.bond-limit = 500");
    node.mine(1);
    expectFailure(5, "OPG-329", "worker", "serve", "9", "--price", "1", "--bond-limit", "1");
  }

  @Test
  @Order(9)
  void a_worker_attests_once_what_it_lowered_itself() {
    JsonNode attested = Invocation.json(folder, "model", "attest", "1").answer().get("attested");
    JsonNode binding =
        Invocation.json(folder, "model", "show", "1").answer().get("bindings").get(0);
    assertThat(attested).hasSize(1);
    assertThat(attested.get(0).get("root")).isEqualTo(binding.get("program"));
    assertThat(binding.get("attestations").asLong()).isEqualTo(1);
    assertThat(Invocation.json(folder, "model", "attest", "1").answer().get("attested")).isEmpty();
    assertThat(Invocation.json(folder, "model", "attest", "2").answer().get("attested")).isEmpty();
  }

  @Test
  @Order(6)
  void a_request_is_quoted_paid_and_stands_as_requested() {
    JsonNode quote = Invocation.json(folder, "model", "show", "1").answer().get("quote");
    assertThat(quote.get("offers").asLong()).isEqualTo(1);
    // Price, royalty, and 2.5 % of the price for the protocol.
    assertThat(quote.get("lowestFee").asText()).isEqualTo("2.8125");
    JsonNode requested =
        Invocation.json(
                folder,
                "job",
                "request",
                "1",
                "--accept-undisputable",
                "--input",
                "x=[2]",
                "--max-fee",
                "3",
                "--claim-period",
                "200")
            .answer();
    assertThat(requested.get("job").asLong()).isEqualTo(1);
    assertThat(requested.get("maxFee").asText()).isEqualTo("3");
    JsonNode result = Invocation.json(folder, "job", "result", "1").answer();
    assertThat(result.get("state").asText()).isEqualTo("requested");
    assertThat(result.get("final").asBoolean()).isFalse();
    assertThat(result.get("phaseEnd").asLong() - result.get("requestedAt").asLong()).isEqualTo(200);
    assertThat(result.get("outputs")).isEmpty();
    expectFailure(1, "OPG-805", "job", "watch", "1", "--timeout", "1");
  }

  @Test
  @Order(7)
  void a_wrong_request_is_refused_before_it_costs_anything() {
    expectFailure(4, "OPG-304", "job", "request", "2", "--input", "x=[1]");
    expectFailure(2, "OPG-515", "job", "request", "1", "--accept-undisputable");
    expectFailure(2, "OPG-515", "job", "request", "1", "--accept-undisputable", "--input", "z=[1]");
    expectFailure(
        2, "OPG-513", "job", "request", "1", "--accept-undisputable", "--input", "x=[1,2]");
    expectFailure(
        2, "OPG-101", "job", "request", "1", "--accept-undisputable", "--input", "nothing");
    expectFailure(
        4,
        "OPG-807",
        "job",
        "request",
        "1",
        "--accept-undisputable",
        "--input",
        "0=[1]",
        "--max-fee",
        "2.8");
    expectFailure(
        4,
        "OPG-309",
        "job",
        "request",
        "1",
        "--accept-undisputable",
        "--input",
        "x=[1]",
        "--bond",
        "501");
    expectFailure(5, "OPG-330", "job", "request", "1", "--accept-undisputable", "--binding", "1");
    expectFailure(
        2,
        "OPG-310",
        "job",
        "request",
        "1",
        "--accept-undisputable",
        "--input",
        "x=[1]",
        "--claim-period",
        "301");
  }

  @Test
  @Order(8)
  void an_expired_job_has_no_answer() throws InterruptedException {
    // Past the drawing block, so that what a call costs no longer changes from block to block.
    node.mine(2);
    node.passTime(301);
    send(new MarketCalls(deployment).expire(1));
    expectFailure(1, "OPG-806", "job", "watch", "1", "--timeout", "1");
    assertThat(Invocation.json(folder, "job", "result", "1").answer().get("state").asText())
        .isEqualTo("expired");
  }

  @Test
  @Order(9)
  void the_doctor_finds_a_sound_worker() {
    Invocation doctor = Invocation.of(folder, "worker", "doctor");
    assertThat(doctor.out()).doesNotContain("FAIL").contains("ONNX Runtime", "open for 2.5 OPG");
    assertThat(doctor.exit()).isZero();
  }

  @Test
  @Order(10)
  void one_process_uses_the_key_at_a_time() throws IOException {
    ClientConfiguration configuration =
        ClientConfiguration.read(Optional.of(folder.resolve("opg.properties")), folder, Map.of());
    Address account = Account.signer(configuration.key()).address();
    try (KeyLock held = KeyLock.acquire(folder, account)) {
      assertThat(held).isNotNull();
      expectFailure(4, "OPG-705", "worker", "stake", "1");
    }
    Path keystore = configuration.key().keystore();
    Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-r--r--"));
    expectFailure(4, "OPG-701", "worker", "stake", "1");
    Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  @Order(11)
  void a_worker_leaves_in_two_steps() {
    JsonNode first = Invocation.json(folder, "worker", "exit").answer();
    assertThat(first.get("out").asBoolean()).isFalse();
    assertThat(first.get("unbonding").asText()).isEqualTo(first.get("staked").asText());
    node.passTime(700);
    JsonNode second = Invocation.json(folder, "worker", "exit").answer();
    assertThat(second.get("out").asBoolean()).as(second.toString()).isTrue();
    assertThat(second.get("staked").asText()).isEqualTo("0");
  }

  @Test
  @Order(12)
  void a_version_is_deprecated_once() {
    expectFailure(5, "OPG-329", "model", "deprecate", "9");
    JsonNode answer = Invocation.json(folder, "model", "deprecate", "2").answer();
    assertThat(answer).hasToString("{\"version\":2,\"deprecated\":true}");
    assertThat(Invocation.json(folder, "model", "show", "2").answer().get("deprecated").asBoolean())
        .isTrue();
    assertThat(Invocation.json(folder, "model", "show", "1").answer().get("deprecated").asBoolean())
        .isFalse();
    expectFailure(4, "OPG-333", "model", "deprecate", "2");
    expectFailure(4, "OPG-303", "job", "request", "2", "--accept-undisputable", "--input", "x=[1]");
  }

  @Test
  @Order(13)
  void another_chain_than_the_deployments_ends_with_three() {
    try (HardhatNode other = HardhatNode.start()) {
      Invocation wrong =
          Invocation.of(
              folder, Map.of("OPG_CHAIN_RPC", other.url().toString()), "--json", "model", "list");
      assertThat(wrong.exit()).isEqualTo(3);
      assertThat(wrong.failure().get("code").asText()).isIn("OPG-202", "OPG-203");
    }
  }

  @Test
  @Order(13)
  void a_deployment_of_another_chain_or_without_contracts_ends_with_three() throws IOException {
    String right = Files.readString(folder.resolve("deployment.json"));
    expectDeploymentRefused("OPG-202", right.replace("31337", "31338"));
    String market = deployment.market().toString();
    assertThat(right).contains(market);
    expectDeploymentRefused("OPG-203", right.replace(market, "0x" + "00".repeat(19) + "aa"));
  }

  private void expectDeploymentRefused(String code, String text) throws IOException {
    Files.writeString(folder.resolve("other.json"), text);
    Invocation refused =
        Invocation.of(
            folder, Map.of("OPG_CHAIN_DEPLOYMENT", "other.json"), "--json", "model", "list");
    assertThat(refused.failure().get("code").asText()).isEqualTo(code);
    assertThat(refused.exit()).isEqualTo(3);
  }

  @Test
  @Order(14)
  void more_opg_than_the_account_has_is_refused_before_anything_is_sent() {
    expectFailure(4, "OPG-356", "worker", "stake", "9000000");
  }

  @Test
  @Order(15)
  void a_request_that_names_inputs_needs_the_manifest() {
    Invocation refused =
        Invocation.of(
            folder,
            Map.of("OPG_STORE_DIRECTORY", "empty"),
            "--json job request 1 --accept-undisputable --input x=[1]".split(" "));
    assertThat(refused.failure().get("code").asText()).isEqualTo("OPG-402");
    assertThat(refused.exit()).isEqualTo(5);
  }

  /** Versions that other programs registered may have outputs that no claim can carry. */
  @Test
  @Order(16)
  void a_request_whose_answer_nobody_could_claim_is_refused() throws InterruptedException {
    ModelVersion sound = DeployedMarket.VERSION;
    ModelVersion.Binding large =
        new ModelVersion.Binding(
            ModelVersion.Binding.NO_PROGRAM,
            List.of(TensorType.of(DataType.FLOAT32), TensorType.of(DataType.FLOAT32)),
            List.of(TensorType.of(DataType.FLOAT32, 6_001)));
    send(new ModelCalls(deployment).createModel("large"));
    send(
        new ModelCalls(deployment)
            .publish(
                2,
                new ModelVersion(
                    sound.manifest(),
                    sound.fileHash(),
                    sound.fileLength(),
                    sound.royalty(),
                    sound.bond(),
                    sound.tracePrice(),
                    sound.licence(),
                    sound.bands(),
                    sound.domains(),
                    List.of(large)),
                List.of()));
    String id = Invocation.json(folder, "model", "list").answer().get("total").asText();
    expectFailure(
        4,
        "OPG-322",
        "job request %s --accept-undisputable --input 0=1 --input 1=1".formatted(id).split(" "));
  }

  /** From the account that holds all $OPG. */
  private void send(Call call) throws InterruptedException {
    try (ChainClient client = new ChainClient(node.endpoint(), Thread::sleep)) {
      HardhatSender.send(client, deployment, HardhatNode.account(0), call);
    }
  }

  private String manifest() {
    return Invocation.json(folder, "model", "show", "1").answer().get("manifest").asText();
  }

  private void expectFailure(int exit, String code, String... arguments) {
    Invocation failed = Invocation.json(folder, arguments);
    assertThat(failed.failure().get("code").asText()).as(failed.err()).isEqualTo(code);
    assertThat(failed.exit()).isEqualTo(exit);
  }
}
