package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.TensorSignature;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.JobResult;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.inference.DirectSession;
import ai.opengradient.worker.inference.OptimisationLevel;
import ai.opengradient.worker.tensorfile.JsonTensor;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.Repository;
import ai.opengradient.worker.testing.TokenTransfer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
      MarketReader market = new MarketReader(client, deployment);
      JobResult posted = market.result(market.job(job));
      assertThat(posted.outputs()).containsExactlyElementsOf(JobTensor.inline(List.of(expected)));
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

  /**
   * One that ONNX Runtime answers, and one that it refuses, since its file names no operator set:
   * there the canonical engine answers.
   */
  @Test
  void outputs_too_large_for_the_chain_are_claimed_by_reference() throws Exception {
    Map<Path, Long> versions = new LinkedHashMap<>();
    for (String name : List.of("ultraface-slim-320.onnx", "super_resolution.onnx")) {
      Path model = SHARED.resolve(name);
      if (Files.notExists(model)) {
        NotRun.note("serving " + name, "there is no ../shared/models/" + name);
        continue;
      }
      versions.put(model, register(model));
    }
    Path worker = party("large", workerSettings() + "store.gateway-port=0\nstore.rpc-port=0\n");
    String cold = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    Invocation.json(worker, "worker", "stake", "2000", "--withdrawal", cold).answer();
    for (long version : versions.values()) {
      Invocation.json(
              worker, "worker", "serve", "" + version, "--price", "1", "--bond-limit", "500")
          .answer();
    }
    try (OpgProcess outputs = OpgProcess.start(worker, "store", "serve");
        OpgProcess running = OpgProcess.start(worker, "worker", "run")) {
      assertThat(running.answer().get("adminPort").asInt()).isPositive();
      Files.writeString(
          owner.resolve("opg.properties"),
          "store.sources=gateway:%s%n".formatted(outputs.answer().get("gateway").asText()),
          StandardOpenOption.APPEND);
      for (Map.Entry<Path, Long> served : versions.entrySet()) {
        expectServedByReference(served.getKey(), served.getValue());
      }
    }
  }

  private void expectServedByReference(Path model, long version) throws Exception {
    Tensor input = drawn(OnnxReader.read(model).bind(Map.of()).inputs().getFirst().type());
    Files.writeString(
        owner.resolve("picture.json"),
        new ObjectMapper().writeValueAsString(JsonTensor.write(input)));
    String[] request = {"job", "request", "" + version, "--input", "0=@picture.json"};
    Invocation inline = Invocation.json(owner, request);
    assertThat(inline.failure().get("code").asText()).isEqualTo("OPG-322");
    assertThat(inline.exit()).isEqualTo(4);

    long job =
        request(owner, version, "@picture.json", "--by-reference", "0", "--outputs-by-reference");
    JsonNode watched = Invocation.json(owner, "job", "watch", "" + job, "--until", "over").answer();
    assertThat(watched.get("outputs").get(0).has("value")).isFalse();
    JsonNode result = Invocation.json(owner, "job", "result", "" + job).answer();
    assertThat(result.get("outputsByReference").asBoolean()).isTrue();
    assertThat(Invocation.of(owner, "job", "result", "" + job).out())
        .contains(result.get("outputs").get(0).get("cid").asText(), "fetched; its tree root is");
    JsonNode judged = Invocation.json(owner, "reproduce", "" + job).answer();
    assertThat(judged.get("right").asBoolean()).isTrue();
    expectValues(model, input, result, judged);
  }

  /** ONNX Runtime's where it takes the model, else the canonical ones. */
  private static void expectValues(Path model, Tensor input, JsonNode result, JsonNode judged)
      throws Exception {
    List<Tensor> expected;
    try (DirectSession direct = new DirectSession(model, THREADS, OptimisationLevel.ALL)) {
      expected = direct.run(List.of(input));
    } catch (OrtException refused) {
      assertThat(model.getFileName()).hasToString("super_resolution.onnx");
      assertThat(judged.get("outputs").get(0).get("deviation").asDouble()).isZero();
      assertThat(result.get("outputs").get(0).get("value"))
          .isEqualTo(judged.get("outputs").get(0).get("canonical"));
      return;
    }
    assertThat(result.get("outputs")).hasSameSizeAs(expected);
    for (int output = 0; output < expected.size(); output++) {
      JsonNode shown = result.get("outputs").get(output);
      assertThat(shown.get("root").asText())
          .isEqualTo(TensorTree.root(expected.get(output).bytes()).toString());
      assertThat(tensor(shown, expected.get(output).type())).isEqualTo(expected.get(output));
    }
  }

  /** Waves, as a picture of them. */
  private static Tensor drawn(TensorType type) {
    float[] elements = new float[type.count()];
    for (int at = 0; at < elements.length; at++) {
      elements[at] = (float) StrictMath.sin(at * 0.01) / 2;
    }
    return Tensor.ofFloats(elements, type.shape().stream().mapToInt(Integer::intValue).toArray());
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
