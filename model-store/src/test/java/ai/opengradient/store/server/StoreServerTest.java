package ai.opengradient.store.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.gateway.GatewayClient;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.kubo.KuboClient;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelFile;
import ai.opengradient.store.manifest.ModelPublisher;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.PublishedModel;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsReader;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreServerTest {
  private static final int MAXIMUM_UPLOAD = 4 << 20;
  private static final Block BLOCK =
      Block.of(Codec.RAW, "a block".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path directory;
  private Vertx vertx;
  private HttpCaller http;
  private HttpClient plain;
  private StoreServer server;
  private KuboClient kubo;
  private GatewayClient gateway;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    http = new HttpCaller(vertx, Duration.ofSeconds(20));
    plain = HttpClient.newHttpClient();
    server =
        StoreServer.start(
            vertx, directory.resolve("store"), new StoreServer.Options(0, 0, MAXIMUM_UPLOAD));
    kubo = new KuboClient(http, server.rpc());
    gateway = new GatewayClient(http, server.gateway());
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
    plain.close();
    vertx.close().await();
  }

  @Test
  void takesBlocksByRpcAndGivesThemByBoth() {
    Block node = Block.of(Codec.DAG_PB, new byte[] {0x0a, 2, 8, 2});
    kubo.put(BLOCK);
    kubo.put(node);

    assertThat(kubo.get(BLOCK.id()).toByteArray()).isEqualTo(BLOCK.toByteArray());
    assertThat(gateway.get(BLOCK.id()).toByteArray()).isEqualTo(BLOCK.toByteArray());
    assertThat(gateway.get(node.id()).id()).isEqualTo(node.id());
    assertThat(server.store().ids()).containsExactlyInAnyOrder(BLOCK.id(), node.id());
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> kubo.get(BLOCK.id())).isInstanceOf(StoreException.MissingBlock.class);
    assertThatThrownBy(() -> gateway.get(BLOCK.id()))
        .isInstanceOf(StoreException.MissingBlock.class);
  }

  @Test
  void addsPinsAndGivesFiles() throws Exception {
    byte[] content = SeededFiles.bytes(1, (2 << 20) + 99);
    Path file = Files.write(directory.resolve("file"), content);
    ContentId root = kubo.add(file);

    assertThat(kubo.pins()).containsExactly(root);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    new UnixFsReader(gateway, Limits.ofLength(content.length))
        .read(
            root,
            piece -> {
              while (piece.hasRemaining()) {
                read.write(piece.get());
              }
            });
    assertThat(read.toByteArray()).isEqualTo(content);
    assertThat(rpc("cat?arg=/ipfs/" + root).body()).isEqualTo(content);
    assertThat(rpc("cat?arg=" + root + "&offset=1048570&length=10").body())
        .isEqualTo(Arrays.copyOfRange(content, 1_048_570, 1_048_580));
    assertThat(rpc("cat?arg=" + root + "&offset=2097152").body())
        .isEqualTo(Arrays.copyOfRange(content, 2 << 20, content.length));
    assertThat(rpc("cat?arg=" + root + "&offset=9999999").body()).isEmpty();

    kubo.unpin(root);
    assertThat(kubo.pins()).isEmpty();
    kubo.pin(root);
    assertThat(server.store().pins()).containsExactly(root);
    assertThat(directory.resolve("store/uploads")).isEmptyDirectory();
  }

  @Test
  void takesOutWhatIsNotPinned() throws Exception {
    Path file = Files.write(directory.resolve("file"), SeededFiles.bytes(1, (1 << 20) + 1));
    ContentId root = kubo.add(file);
    kubo.put(BLOCK);
    HttpResponse<byte[]> collected = rpc("repo/gc");
    assertThat(collected.statusCode()).isEqualTo(200);
    assertThat(new String(collected.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"Key\":{\"/\":\"" + BLOCK.id() + "\"}}\n");
    kubo.unpin(root);
    kubo.collectGarbage();
    assertThat(server.store().ids()).isEmpty();
  }

  @Test
  void publishesAModelThatTheGatewayThenGives(@TempDir Path cache) throws IOException {
    byte[] content = SeededFiles.bytes(8, (1 << 20) + 5);
    Path file = Files.write(directory.resolve("model.onnx"), content);
    PublishedModel published = new ModelPublisher(kubo).publish(file, StoreServerTest::describe);

    VerifiedFetch fetch =
        new VerifiedFetch(
            List.of(gateway), cache, FetchSettings.usual(1 << 30, InstantSource.system()));
    Manifest manifest = fetch.manifest(published.manifest());
    assertThat(manifest).isEqualTo(published.content());
    assertThat(Files.readAllBytes(fetch.fetch(manifest.file().content(), Progress.NONE)))
        .isEqualTo(content);
    assertThat(kubo.pins())
        .containsExactlyInAnyOrder(published.manifest(), manifest.file().content().cid());
  }

  @Test
  void refusesToPublishAFileWhoseNameIsNotPlain() throws IOException {
    Path file = Files.write(directory.resolve("my model.onnx"), new byte[] {1});
    assertThatThrownBy(() -> new ModelPublisher(kubo).publish(file, StoreServerTest::describe))
        .isInstanceOf(StoreException.InvalidManifest.class);
  }

  @Test
  void refusesToPinWhatIsNotWhollyHere() throws IOException {
    Path file = Files.write(directory.resolve("file"), SeededFiles.bytes(1, 2 << 20));
    ContentId root = kubo.add(file);
    kubo.unpin(root);
    Block rootBlock = server.store().get(root);
    try (StoreServer other =
        StoreServer.start(vertx, directory.resolve("other"), StoreServer.Options.USUAL)) {
      KuboClient otherKubo = new KuboClient(http, other.rpc());
      otherKubo.put(rootBlock);
      assertThatThrownBy(() -> otherKubo.pin(root))
          .isInstanceOf(StoreException.SourceUnavailable.class)
          .hasMessageContaining("does not have block");
      assertThat(otherKubo.pins()).isEmpty();
    }
  }

  @Test
  void refusesUploadsThatAreTooLong() throws IOException {
    Path file = Files.write(directory.resolve("long"), new byte[MAXIMUM_UPLOAD + (1 << 20)]);
    assertThatThrownBy(() -> kubo.add(file)).isInstanceOf(StoreException.SourceUnavailable.class);
    assertThat(server.store().ids()).isEmpty();
  }

  @Test
  void answersAsAGateway() throws Exception {
    kubo.put(BLOCK);
    HttpResponse<byte[]> raw = gateway("/ipfs/" + BLOCK.id() + "?format=raw");
    assertThat(raw.statusCode()).isEqualTo(200);
    assertThat(raw.headers().firstValue("Content-Type")).contains("application/vnd.ipld.raw");
    assertThat(raw.headers().firstValue("Etag")).contains("\"" + BLOCK.id() + ".raw\"");
    assertThat(raw.headers().firstValue("X-Content-Type-Options")).contains("nosniff");

    HttpRequest head =
        HttpRequest.newBuilder(server.gateway().resolve("/ipfs/" + BLOCK.id() + "?format=raw"))
            .HEAD()
            .build();
    HttpResponse<byte[]> headAnswer = plain.send(head, BodyHandlers.ofByteArray());
    assertThat(headAnswer.statusCode()).isEqualTo(200);
    assertThat(headAnswer.headers().firstValue("Content-Length")).contains("7");

    HttpRequest again =
        HttpRequest.newBuilder(server.gateway().resolve("/ipfs/" + BLOCK.id()))
            .header("Accept", "application/vnd.ipld.raw")
            .header("If-None-Match", "\"" + BLOCK.id() + ".raw\"")
            .build();
    assertThat(plain.send(again, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(304);
    assertThat(gateway("/ipfs/bafkqaaa?format=raw").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/ipfs/bafkqaaa, 406",
    "/ipfs/bafkqaaa?format=tar, 406",
    "/ipfs/bafkqaaa?format=car&dag-scope=half, 400",
    "/ipfs/bafkqaaa/a?format=raw, 400",
    "/ipfs/bafkqaaa/a?format=car, 500",
    "/ipfs/bafkqaaa/%2e%2e/b?format=car, 400",
    "/ipfs/nonsense?format=car, 400",
    "/ipfs/bafybeihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku?format=car, 404",
    "/ipfs/nonsense?format=raw, 400",
    "/ipfs/bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku?format=raw, 404",
    "/ipfs/..%2f..%2fetc%2fpasswd?format=raw, 400",
    "/ipfs/, 404",
    "/, 404"
  })
  void refusesOtherRequestsToTheGateway(String path, int status) throws Exception {
    assertThat(gateway(path).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "block/get, 400",
    "block/get?arg=nonsense, 400",
    "block/get?arg=bafkqaaa&arg=bafkqaaa, 400",
    "block/get?arg=bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku, 500",
    "block/stat?arg=bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku, 500",
    "cat?arg=bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku, 500",
    "cat?arg=bafkqaaa&offset=-1, 400",
    "cat?arg=bafkqaaa&length=many, 400",
    "pin/ls?arg=bafkqaaa, 500",
    "pin/rm?arg=bafkqaaa, 500",
    "add, 400",
    "add?cid-version=0, 400",
    "add?chunker=size-262144, 400",
    "block/put?mhtype=sha3-256, 400",
    "block/put?cid-codec=dag-cbor, 400",
    "block/put?format=v0, 400"
  })
  void refusesOtherCommandsWithKubosErrorObject(String command, int status) throws Exception {
    HttpResponse<byte[]> answer = rpc(command);
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonObject error = new JsonObject(new String(answer.body(), StandardCharsets.UTF_8));
    assertThat(error.getString("Type")).isEqualTo("error");
    assertThat(error.getString("Message")).isNotEmpty();
  }

  @Test
  void addsDirectoriesByThePathsOfTheirFiles() throws Exception {
    HttpResponse<byte[]> added = upload("d%2Fa%20file", "application/octet-stream");
    assertThat(added.statusCode()).isEqualTo(200);
    String[] lines = new String(added.body(), StandardCharsets.UTF_8).split("\n", -1);
    JsonObject file = new JsonObject(lines[0]);
    assertThat(file.getString("Name")).isEqualTo("d/a file");
    assertThat(file.getString("Hash")).isEqualTo(BLOCK.id().toString());
    assertThat(file.getString("Size")).isEqualTo("7");
    JsonObject directory = new JsonObject(lines[1]);
    assertThat(directory.getString("Name")).isEqualTo("d");
    String root = directory.getString("Hash");
    assertThat(server.store().pins()).extracting(ContentId::toString).containsExactly(root);

    assertThat(rpc("cat?arg=/ipfs/" + root + "/a%20file").body())
        .isEqualTo("a block".getBytes(StandardCharsets.UTF_8));
    assertThat(rpc("cat?arg=" + root).statusCode()).isEqualTo(500);
    JsonObject listed =
        new JsonObject(new String(rpc("ls?arg=" + root).body(), StandardCharsets.UTF_8));
    JsonObject link =
        listed.getJsonArray("Objects").getJsonObject(0).getJsonArray("Links").getJsonObject(0);
    assertThat(link.getString("Name")).isEqualTo("a file");
    assertThat(link.getLong("Size")).isEqualTo(7);
    assertThat(gateway("/ipfs/" + root + "/a%20file?format=car").statusCode()).isEqualTo(200);
    assertThat(gateway("/ipfs/" + root + "/absent?format=car").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "d%2F..%2Ffile, application/octet-stream",
    "..%2Ffile, application/octet-stream",
    "%2F%2Ffile, application/octet-stream",
    "a%5Cb, application/octet-stream",
    "a%00b, application/octet-stream",
    "%zz, application/octet-stream",
    ".., application/x-directory"
  })
  void refusesNamesThatLeadElsewhere(String name, String type) throws Exception {
    assertThat(upload(name, type).statusCode()).isEqualTo(400);
    assertThat(server.store().pins()).isEmpty();
  }

  @Test
  void breaksOffAnArchiveThatItHasNotWhole() throws Exception {
    Path file = Files.write(directory.resolve("file"), SeededFiles.bytes(1, 2 << 20));
    ContentId root = kubo.add(file);
    try (StoreServer other =
        StoreServer.start(vertx, directory.resolve("other"), StoreServer.Options.USUAL)) {
      other.store().put(server.store().get(root));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(other.gateway() + "/ipfs/" + root + "?format=car"))
              .build();
      assertThatThrownBy(() -> plain.send(request, BodyHandlers.ofByteArray()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void canBeCalledFromAVertxVirtualThread() {
    kubo.put(BLOCK);
    Promise<Block> got = Promise.promise();
    VerticleBase caller =
        new VerticleBase() {
          @Override
          public Future<?> start() {
            got.complete(kubo.get(BLOCK.id()));
            return Future.succeededFuture();
          }
        };
    vertx
        .deployVerticle(
            caller, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    assertThat(got.future().await().id()).isEqualTo(BLOCK.id());
  }

  @Test
  void answersToPostsOnly() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(server.rpc().resolve("/api/v0/version")).GET().build();
    assertThat(plain.send(get, BodyHandlers.ofByteArray()).statusCode()).isEqualTo(405);
    JsonObject version = new JsonObject(new String(rpc("version").body(), StandardCharsets.UTF_8));
    assertThat(version.getString("Version")).isNotEmpty();
    JsonObject id = new JsonObject(new String(rpc("id").body(), StandardCharsets.UTF_8));
    assertThat(id.getString("ID")).startsWith("Qm");
  }

  @ParameterizedTest
  @CsvSource({
    "'Host: 127.0.0.1', 200",
    "'Host: localhost:5001', 200",
    "'Host: 127.0.0.1\r\nOrigin: http://evil.example', 403",
    "'Host: evil.example', 403"
  })
  void letsInProgramsAndNotWebPages(String headers, int status) throws IOException {
    String request =
        "POST /api/v0/version HTTP/1.1\r\n" + headers + "\r\nContent-Length: 0\r\n\r\n";
    try (Socket socket = new Socket(server.rpc().getHost(), server.rpc().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      assertThat(start).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 " + status);
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    StoreServer.Options taken = new StoreServer.Options(server.gateway().getPort(), 0, 1);
    assertThatThrownBy(() -> StoreServer.start(vertx, directory.resolve("other"), taken))
        .isInstanceOf(StoreException.SourceUnavailable.class)
        .hasMessageContaining("choose another port");
  }

  private HttpResponse<byte[]> rpc(String command) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.rpc() + "/api/v0/" + command))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return plain.send(request, BodyHandlers.ofByteArray());
  }

  /** Adds the bytes of the block under a name and a type of the caller's choice. */
  private HttpResponse<byte[]> upload(String name, String type) throws Exception {
    String form =
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\n"
            + "Content-Type: "
            + type
            + "\r\n\r\na block\r\n--part--\r\n";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.rpc() + "/api/v0/add"))
            .header("Content-Type", "multipart/form-data; boundary=part")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return plain.send(request, BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> gateway(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.gateway() + path)).build();
    return plain.send(request, BodyHandlers.ofByteArray());
  }

  private static Manifest describe(ModelFile file) {
    NamedTensor input = new NamedTensor("x", TensorType.of(DataType.FLOAT32, 1, 4));
    NamedTensor output = new NamedTensor("y", TensorType.of(DataType.FLOAT32, 1));
    return new Manifest(
        Manifest.FORMAT,
        "a model",
        file,
        List.of(new Signature(List.of(input), List.of(output))),
        List.of(new Band(1e-4f, 1e-3f)),
        List.of(Domain.UNSTATED),
        "Apache-2.0",
        List.of());
  }
}
