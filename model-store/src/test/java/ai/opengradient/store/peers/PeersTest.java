package ai.opengradient.store.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.car.CarExport;
import ai.opengradient.store.car.CarImport;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.kubo.KuboClient;
import ai.opengradient.store.server.StoreServer;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.DirectoryReader;
import ai.opengradient.store.unixfs.FolderImporter;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.store.unixfs.UnixFsReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our store and implementations of IPFS by others read from and write to each other. */
class PeersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path disk;
  private Vertx vertx;
  private HttpCaller http;
  private HttpClient plain;
  private StoreServer server;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    http = new HttpCaller(vertx, Duration.ofSeconds(60));
    plain = HttpClient.newHttpClient();
    server = StoreServer.start(vertx, disk.resolve("store"), StoreServer.Options.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
    plain.close();
    vertx.close().await();
  }

  @Test
  void theOfficialClientOfKubosRpcWorksWithOurs() throws Exception {
    try (StoreServer other =
            StoreServer.start(vertx, disk.resolve("other"), StoreServer.Options.USUAL);
        PeerScript script =
            PeerScript.start(
                "present/kuboRpcClient.js", server.rpc().toString(), other.rpc().toString())) {
      JsonNode roots = JSON.readTree(script.allLines().getFirst());
      ContentId folder = ContentId.parse(roots.get("folder").textValue());
      ContentId file = ContentId.parse(roots.get("file").textValue());
      assertThat(read(server.store(), file)).isEqualTo(SeededFiles.bytes(1, 2_500_000));
      assertThat(read(other.store(), resolved(other.store(), folder, "weights/模型.bin")))
          .isEqualTo(SeededFiles.bytes(4, 10));
      assertThat(server.store().pins()).containsExactlyInAnyOrder(file, folder);
    }
  }

  @Test
  void heliaReadsFromOursAndWritesToIt() throws Exception {
    ContentId folder = folder();
    try (PeerScript script =
        PeerScript.start(
            "present/helia.js",
            server.gateway().toString(),
            server.rpc().toString(),
            folder.toString())) {
      JsonNode told = JSON.readTree(script.allLines().getFirst());
      assertThat(told.get("fetched").get("large").binaryValue())
          .isEqualTo(SeededFiles.bytes(1, (2 << 20) + 3));
      assertThat(told.get("fetched").get("sub/small").binaryValue())
          .isEqualTo(SeededFiles.bytes(2, 7));
      ContentId written = ContentId.parse(told.get("written").textValue());
      BlockStore store = server.store();
      assertThat(read(store, resolved(store, written, "large")))
          .isEqualTo(SeededFiles.bytes(8, 3_000_000));
      assertThat(read(store, resolved(store, written, "sub/small")))
          .isEqualTo(SeededFiles.bytes(9, 5));
      assertThat(store.pins()).contains(written);
    }
  }

  @Test
  void jsIpfsAndOursExchangeBlocksFilesArchivesAndPins() throws Exception {
    try (PeerScript script =
        PeerScript.start("js-ipfs/httpApi.js", disk.resolve("js-ipfs").toString())) {
      URI rpc = URI.create(script.line().orElseThrow());
      exchange(rpc);
    }
  }

  @Test
  void kuboAndOursExchangeBlocksFilesArchivesAndPins() throws Exception {
    String program = System.getenv("IPFS_BIN");
    if (program == null) {
      NotRun.note("a real Kubo", "IPFS_BIN does not name one");
      return;
    }
    try (KuboProcess kubo = KuboProcess.start(program, disk.resolve("kubo"))) {
      exchange(kubo.rpc());
    }
  }

  /** Both ways, whoever the peer is. */
  private void exchange(URI rpc) throws Exception {
    KuboClient peer = new KuboClient(http, rpc);

    Block block = Block.of(Codec.RAW, SeededFiles.bytes(1, 1_000));
    peer.put(block);
    assertThat(peer.get(block.id()).toByteArray()).isEqualTo(block.toByteArray());
    peer.pin(block.id());
    assertThat(peer.pins()).contains(block.id());
    peer.unpin(block.id());
    assertThat(peer.pins()).doesNotContain(block.id());

    byte[] content = SeededFiles.bytes(2, (2 << 20) + 9);
    Path file = Files.write(disk.resolve("file"), content);
    ContentId stated = peer.add(file);
    assertThat(read(peer, stated)).isEqualTo(content);

    byte[] other = SeededFiles.bytes(3, (1 << 20) + 1);
    ContentId ours = new UnixFsImporter(peer).add(Files.write(disk.resolve("other"), other)).root();
    assertThat(post(rpc, "cat?arg=" + ours)).isEqualTo(other);
    assertThat(peer.pins()).contains(ours);

    ContentId folder = folder();
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new CarExport(server.store())
        .write(folder, UnixFsReader.appendingTo(Channels.newChannel(archive)));
    assertThat(new String(upload(rpc, "dag/import", archive.toByteArray()), StandardCharsets.UTF_8))
        .contains(folder.toString());
    assertThat(post(rpc, "cat?arg=" + folder + "/sub/small")).isEqualTo(SeededFiles.bytes(2, 7));
    assertThat(peer.pins()).contains(folder);

    BlockStore back = new BlockStore(disk.resolve("back"));
    try (InputStream exported = opened(rpc, "dag/export?arg=" + folder)) {
      new CarImport(back).add(exported, "the peer's archive");
    }
    assertThat(read(back, resolved(back, folder, "large")))
        .isEqualTo(SeededFiles.bytes(1, (2 << 20) + 3));
    assertThat(back.pins()).containsExactly(folder);
  }

  private ContentId folder() throws IOException {
    Path folder = disk.resolve("folder");
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("large"), SeededFiles.bytes(1, (2 << 20) + 3));
    Files.write(folder.resolve("sub/small"), SeededFiles.bytes(2, 7));
    return new FolderImporter(server.store()).add(folder).root();
  }

  private static ContentId resolved(BlockSource source, ContentId root, String path) {
    return new DirectoryReader(source).resolve(new ContentPath(root, List.of(path.split("/", -1))));
  }

  private static byte[] read(BlockSource source, ContentId root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new UnixFsReader(source, Limits.ofLength(16 << 20))
        .read(root, UnixFsReader.appendingTo(Channels.newChannel(bytes)));
    return bytes.toByteArray();
  }

  private byte[] post(URI rpc, String command) throws Exception {
    return plain.send(request(rpc, command).build(), BodyHandlers.ofByteArray()).body();
  }

  private InputStream opened(URI rpc, String command) throws Exception {
    return plain.send(request(rpc, command).build(), BodyHandlers.ofInputStream()).body();
  }

  private byte[] upload(URI rpc, String command, byte[] content) throws Exception {
    byte[] head =
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\r\n--part--\r\n".getBytes(StandardCharsets.US_ASCII);
    HttpRequest request =
        request(rpc, command)
            .header("Content-Type", "multipart/form-data; boundary=part")
            .POST(BodyPublishers.ofByteArrays(List.of(head, content, tail)))
            .build();
    return plain.send(request, BodyHandlers.ofByteArray()).body();
  }

  private static HttpRequest.Builder request(URI rpc, String command) {
    return HttpRequest.newBuilder(URI.create(rpc + "/api/v0/" + command))
        .POST(BodyPublishers.noBody());
  }
}
