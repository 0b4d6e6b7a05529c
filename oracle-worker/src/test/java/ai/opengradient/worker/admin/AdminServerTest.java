package ai.opengradient.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.LogPoller;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.journal.Identity;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.keys.DevelopmentKeys;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.serve.Answering;
import ai.opengradient.worker.serve.WorkerService;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin API of a worker whose node can't be reached. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminServerTest {

  private static final URI NOBODY = URI.create("http://127.0.0.1:1");
  private static final Address CONTRACT = new Address("0x" + "11".repeat(20));

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final HttpClient http = part(HttpClient.newHttpClient());

  private String token = "";
  private int port;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InferenceException {
    Path file = folder.resolve("opg.properties");
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "chain.rpc=" + NOBODY + "\nchain.poll-interval=50ms\n");
    WorkerConfiguration configuration =
        WorkerConfiguration.read(Optional.of(file), folder, Map.of());
    Hash genesis = Hash.of(new byte[Hash.LENGTH]);
    Deployment deployment =
        new Deployment(
            31_337, CONTRACT, CONTRACT, CONTRACT, CONTRACT, CONTRACT, CONTRACT, CONTRACT, 1,
            genesis, "test");
    Duration moment = Duration.ofMillis(1);
    ChainClient node =
        part(
            new ChainClient(
                new Endpoint(NOBODY, Duration.ofSeconds(5), 1, moment, moment), Thread::sleep));
    Signer signer = DevelopmentKeys.account(1);
    WorkerMetrics metrics = new WorkerMetrics();
    Journal journal =
        part(
            Journal.open(
                folder,
                new Identity(31_337, genesis, CONTRACT, signer.address()),
                new BlockReference(0, genesis, 0),
                metrics));
    StockProcesses inference =
        part(StockProcesses.start(InferenceSettings.standard(folder.resolve("inference")), 1));
    WorkerService service =
        part(
            new WorkerService(
                configuration,
                deployment,
                signer.address(),
                node,
                new LogPoller(node, deployment, 0, 100),
                new TransactionSender(
                    node,
                    31_337,
                    signer,
                    journal.outbox(),
                    new SenderSettings(0, 5, new FeePolicy(BigInteger.TEN))),
                journal,
                new VerifiedFetch(
                    List.of(),
                    folder.resolve("models"),
                    FetchSettings.usual(Long.MAX_VALUE, InstantSource.system())),
                new Answering(
                    inference,
                    part(
                        CanonicalProcess.whenNeeded(
                            InferenceSettings.standard(folder.resolve("inference")))),
                    configuration::guard),
                OptionalLong::empty,
                new WorkerLog(),
                metrics));
    Vertx vertx = Vertx.vertx();
    part(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    AdminToken secret = AdminToken.at(folder.resolve("token"));
    token = secret.text();
    port = part(new AdminServer(vertx, 0, secret, service, metrics)).port();
    service.start();
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  @AfterAll
  void stop() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status", "/health", "/jobs", "/jobs/1", "/metrics", "/nothing"})
  void a_call_without_the_token_learns_nothing(String path) throws Exception {
    HttpResponse<String> none =
        http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.body()).isEqualTo("{\"error\":\"the call does not carry the admin token\"}");
    for (String wrong :
        List.of(token, "Bearer ", "Bearer " + token + "0", "bearer " + token, "Basic " + token)) {
      assertThat(call("GET", path, wrong).statusCode()).as(wrong).isEqualTo(401);
    }
  }

  @Test
  void a_worker_without_its_node_is_live_and_not_ready_and_says_why() throws Exception {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(json("/health").get("reasons"))
                .anySatisfy(reason ->
                    assertThat(reason.asText()).startsWith("chain: ").contains("127.0.0.1:1")));
    HttpResponse<String> health = call("GET", "/health");
    assertThat(health.statusCode()).isEqualTo(503);
    JsonNode body = new ObjectMapper().readTree(health.body());
    assertThat(body.get("live").asBoolean()).isTrue();
    assertThat(body.get("ready").asBoolean()).isFalse();
    assertThat(json("/status").get("troubles").get("chain").asText()).contains("127.0.0.1:1");
  }

  @ParameterizedTest
  @CsvSource({
    "/jobs?limit=1,200",
    "/jobs?limit=1000,200",
    "/jobs?limit=0,400",
    "/jobs?limit=1001,400",
    "/jobs?limit=-1,400",
    "/jobs?limit=some,400",
    "/jobs?limit=99999999999999999999,400",
    "/jobs/7,404",
    "/jobs/seven,400",
    "/jobs/-7,400",
    "/nothing,404",
    "/drain,404",
    "/quarantine,200"
  })
  void every_call_is_answered_by_its_status(String path, int status) throws Exception {
    HttpResponse<String> answer = call("GET", path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    if (status != 200) {
      assertThat(new ObjectMapper().readTree(answer.body()).get("error").asText()).isNotBlank();
    }
  }

  @Test
  void a_drained_worker_says_so_until_it_ends() throws Exception {
    for (int time = 0; time < 2; time++) {
      HttpResponse<String> drained = call("POST", "/drain");
      assertThat(drained.statusCode()).isEqualTo(202);
      assertThat(new ObjectMapper().readTree(drained.body()).get("draining").asBoolean()).isTrue();
    }
    assertThat(json("/health").get("reasons").toString()).contains("\"draining\"");
  }

  @Test
  void a_copy_of_the_journal_is_written_once(@TempDir Path copies) throws Exception {
    String copy = copies.resolve("copy.db").toString();
    assertThat(call("POST", "/journal/backup?file=" + copy).statusCode()).isEqualTo(200);
    assertThat(Path.of(copy)).isNotEmptyFile();
    HttpResponse<String> again = call("POST", "/journal/backup?file=" + copy);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains(ErrorCode.JOURNAL_EXISTS.id());
    assertThat(call("POST", "/journal/backup?file=/no/such/folder/copy.db").body())
        .contains(ErrorCode.JOURNAL_NOT_COPIED.id());
    assertThat(call("POST", "/journal/backup?file=copy.db").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "quarantine"})
  void nothing_is_done_about_a_job_that_was_not_seen(String what) throws Exception {
    HttpResponse<String> answer = call("POST", "/jobs/7/" + what);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains(ErrorCode.JOB_NOT_SEEN.id());
    assertThat(call("POST", "/jobs/seven/" + what).statusCode()).isEqualTo(400);
  }

  @Test
  void metrics_have_the_names_that_the_guides_give() throws Exception {
    HttpResponse<String> metrics = call("GET", "/metrics");
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(metrics.body())
        .contains(
            "# TYPE opg_jobs_open gauge",
            "# TYPE opg_jobs_queue gauge",
            "# TYPE opg_chain_block gauge",
            "# TYPE opg_troubles gauge",
            "# TYPE opg_halted gauge",
            "# TYPE opg_obligation_seconds gauge",
            "# TYPE opg_journal_transitions_total counter");
  }

  @Test
  void nobody_reaches_it_from_another_machine() throws SocketException {
    List<InetAddress> others =
        Stream.concat(
                Stream.of(InetAddress.ofLiteral("127.0.0.2")),
                NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
            .filter(address -> !address.equals(InetAddress.ofLiteral("127.0.0.1")))
            .toList();
    for (InetAddress address : others) {
      assertThatThrownBy(() -> connect(address))
          .as(address.toString())
          .isInstanceOf(IOException.class);
    }
  }

  private void connect(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
    }
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(call("GET", path).body());
  }

  private HttpResponse<String> call(String method, String path)
      throws IOException, InterruptedException {
    return call(method, path, "Bearer " + token);
  }

  private HttpResponse<String> call(String method, String path, String authorization)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Authorization", authorization)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
