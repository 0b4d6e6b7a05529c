package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.TensorSignature;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.JobResult;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.inference.DirectSession;
import ai.opengradient.worker.inference.OptimisationLevel;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.Repository;
import ai.opengradient.worker.testing.TokenTransfer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models of other people, through the command line alone: a store, a worker and a requester as
 * users run them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicModelsOnHardhatTest {
  private static final Path SHARED = Repository.root().resolve("../shared/models").normalize();
  private static final Path OURS = Repository.root().resolve("example-models/models/digits.onnx");

  /** The configuration's default for {@code inference.threads}. */
  private static final int THREADS = 1;

  private final HardhatNode node = HardhatNode.start();
  private Path folder;
  private Deployment deployment;
  private Path owner;
  private OpgProcess store;

  @BeforeAll
  void setUp(@TempDir Path directory) throws IOException, InterruptedException {
    folder = directory;
    deployment = node.deploy(folder);
    owner = party("owner", "store.gateway-port=0\nstore.rpc-port=0\n");
    store = OpgProcess.start(owner, "store", "serve");
    node.rpc("evm_setIntervalMining", 1_000);
  }

  @AfterAll
  void stop() {
    store.close();
    node.close();
  }

  @Test
  void the_answer_is_what_a_direct_call_gives() throws Exception {
    Path model = model();
    long version = register(model);
    Path worker = party("worker", workerSettings());
    String cold = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    Invocation.json(worker, "worker", "stake", "2000", "--withdrawal", cold).answer();
    Invocation.json(worker, "worker", "serve", "" + version, "--price", "1", "--bond-limit", "500")
        .answer();

    Path requester = party("requester", "");
    DrawnDigit digit =
        DrawnDigit.of(OnnxReader.read(model).bind(Map.of()).inputs().getFirst().type());
    digit.writeNumpy(requester.resolve("seven.npy"));
    digit.writeProto(requester.resolve("seven.pb"));
    try (OpgProcess running = OpgProcess.start(worker, "worker", "run");
        DirectSession direct = new DirectSession(model, THREADS, OptimisationLevel.ALL)) {
      assertThat(running.answer().get("adminPort").asInt()).isPositive();
      Tensor expected = direct.run(List.of(digit.tensor())).getFirst();
      assertThat(digitOf(expected.floats())).isEqualTo(DrawnDigit.DIGIT);

      long first = request(requester, version, "@seven.npy");
      long second = request(requester, version, "@seven.pb");

      long third =
          request(owner, version, "@" + requester.resolve("seven.npy"), "--by-reference", "0");

      for (long job : List.of(first, second, third)) {
        expectAnswer(requester, job, expected);
        expectReproduced(owner, job);
      }
      expectSecondWorkerRefused(worker);
    }
  }

  private void expectAnswer(Path requester, long job, Tensor expected) {
    Invocation.json(requester, "job", "watch", "" + job, "--until", "over").answer();
    JsonNode result = Invocation.json(requester, "job", "result", "" + job).answer();
    assertThat(result.get("state").asText()).isEqualTo("finalised");
    assertThat(result.get("final").asBoolean()).isTrue();
    assertThat(tensor(result.get("outputs").get(0), expected.type())).isEqualTo(expected);
    try (ChainClient client = new ChainClient(node.endpoint(), Thread::sleep)) {
      JobResult posted = new MarketReader(client, deployment).result(job);
      assertThat(posted.outputs()).containsExactly(expected);
    }
  }

  private static void expectReproduced(Path reader, long job) {
    JsonNode judged = Invocation.json(reader, "reproduce", "" + job).answer();
    assertThat(judged.get("right").asBoolean()).isTrue();
    assertThat(judged.get("outputs").get(0).get("deviation").asDouble()).isLessThan(1e-5);
  }

  /** The key belongs to the running worker. */
  private static void expectSecondWorkerRefused(Path worker) {
    Invocation second = OpgProcess.run(worker, "worker", "run");
    assertThat(second.failure().get("code").asText()).isEqualTo("OPG-705");
    assertThat(second.exit()).isEqualTo(4);
  }

  @Test
  void outputs_that_cannot_be_claimed_are_refused_before_they_cost_anything() throws IOException {
    for (String name : List.of("ultraface-slim-320.onnx", "super_resolution.onnx")) {
      Path model = SHARED.resolve(name);
      if (Files.notExists(model)) {
        NotRun.note("publishing " + name, "there is no ../shared/models/" + name);
        continue;
      }
      assertThat(
              Invocation.json(owner, "model", "inspect", model.toString()).answer().has("outputs"))
          .isTrue();
      String manifest = publish(model);
      Invocation refused = Invocation.json(owner, "model", "register", manifest);
      assertThat(refused.failure().get("code").asText()).isEqualTo("OPG-322");
      assertThat(refused.exit()).isEqualTo(4);
    }
  }

  /** A public model, where the shared material lies beside the project. */
  private static Path model() throws IOException {
    Path mnist = SHARED.resolve("mnist.onnx");
    if (Files.exists(mnist)) {
      return mnist;
    }
    NotRun.note("mnist.onnx through opg", "there is no ../shared/models/mnist.onnx");
    return OURS;
  }

  private long register(Path model) {
    return Invocation.json(owner, "model", "register", publish(model))
        .answer()
        .get("version")
        .asLong();
  }

  private String publish(Path model) {
    List<String> arguments =
        new ArrayList<>(List.of("model", "publish", model.toString(), "--licence", "Apache-2.0"));
    for (TensorSignature output : OnnxReader.read(model).outputs()) {
      arguments.addAll(List.of("--band", output.name() + "=1e-2,1e-4"));
    }
    return Invocation.json(owner, arguments.toArray(String[]::new))
        .answer()
        .get("manifest")
        .asText();
  }

  private static long request(Path requester, long version, String input, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("job", "request", "" + version, "--input", "0=" + input));
    arguments.addAll(List.of(more));
    return Invocation.json(requester, arguments.toArray(String[]::new))
        .answer()
        .get("job")
        .asLong();
  }

  private String workerSettings() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "store.sources=gateway:%s%nadmin.port=%d%ninference.memory=512MiB%n"
          .formatted(store.answer().get("gateway").asText(), free.getLocalPort());
    }
  }

  /** A folder with a key that has coin and $OPG. */
  private Path party(String name, String settings) throws IOException, InterruptedException {
    Path home = Files.createDirectory(folder.resolve(name));
    String account =
        Invocation.json(
                home,
                "worker",
                "init",
                "--rpc",
                node.url().toString(),
                "--deployment",
                folder.resolve("deployment.json").toString())
            .answer()
            .get("worker")
            .asText();
    Files.writeString(
        home.resolve("opg.properties"),
        "\nchain.confirmations=0\nchain.poll-interval=100ms\n" + settings,
        StandardOpenOption.APPEND);
    node.rpc("hardhat_setBalance", account, "0x8ac7230489e80000");
    try (ChainClient client = new ChainClient(node.endpoint(), Thread::sleep)) {
      HardhatSender.send(
          client,
          deployment,
          HardhatNode.account(0),
          TokenTransfer.of(deployment, new Address(account), Amount.parse("5000")));
    }
    return home;
  }

  /** A float32 tensor from the numbers that a command printed. */
  private static Tensor tensor(JsonNode output, TensorType type) {
    List<Float> elements = new ArrayList<>();
    flatten(output.get("value"), elements);
    float[] floats = new float[elements.size()];
    for (int at = 0; at < floats.length; at++) {
      floats[at] = elements.get(at);
    }
    return Tensor.ofFloats(floats, type.shape().stream().mapToInt(Integer::intValue).toArray());
  }

  private static void flatten(JsonNode node, List<Float> elements) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, elements));
    } else {
      elements.add(Float.valueOf(node.asText()));
    }
  }

  private static int digitOf(float[] logits) {
    int best = 0;
    for (int at = 1; at < logits.length; at++) {
      best = logits[at] > logits[best] ? at : best;
    }
    return best;
  }
}
