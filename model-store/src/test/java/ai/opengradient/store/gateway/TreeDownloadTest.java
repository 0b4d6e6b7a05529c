package ai.opengradient.store.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.car.CarExport;
import ai.opengradient.store.car.CarWriter;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.server.StoreServer;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.store.unixfs.UnixFsReader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDownloadTest {
  private static final Limits LIMITS = Limits.ofLength(16 << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir private Path disk;
  private final Vertx vertx = Vertx.vertx();
  private final HttpCaller http = new HttpCaller(vertx, PATIENCE);
  private BlockStore store;
  private BlockStore target;
  private ContentId root;

  @BeforeEach
  void write() throws IOException {
    store = new BlockStore(disk.resolve("store"));
    target = new BlockStore(disk.resolve("target"));
    root = new UnixFsImporter(store).add(SeededFiles.stream(1, (3 << 20) + 5)).root();
  }

  @AfterEach
  void stop() {
    http.close();
    vertx.close().await();
  }

  @Test
  void bringsATreeFromAGateway() {
    try (StoreServer server =
        StoreServer.start(vertx, disk.resolve("store"), StoreServer.Options.USUAL)) {
      GatewayClient gateway = new GatewayClient(http, server.gateway());
      assertThat(gateway.getTree(root, target, LIMITS)).isEqualTo(store.size());
      assertThat(target.ids()).isEqualTo(store.ids());
      ContentId absent = ContentId.of(Codec.RAW, new byte[] {9});
      assertThatThrownBy(() -> gateway.getTree(absent, target, LIMITS))
          .isInstanceOf(StoreException.MissingBlock.class);
    }
  }

  @Test
  void takesABlockThatComesTwice() throws IOException {
    Block leaf = Block.of(Codec.RAW, new byte[] {1});
    byte[] archive = archive(leaf, leaf);
    assertThat(download(LIMITS).take(leaf.id(), new ByteArrayInputStream(archive))).isEqualTo(1);
  }

  @Test
  void takesNothingThatTheTreeHasNot() {
    Block stranger = Block.of(Codec.RAW, new byte[] {7});
    assertThatThrownBy(() -> take(archive(store.get(root), stranger)))
        .isInstanceOf(StoreException.InvalidArchive.class)
        .hasMessageContaining("nothing before it links to");
    assertThat(target.contains(stranger.id())).isFalse();
    ContentId child = ContentId.of(Codec.RAW, SeededFiles.bytes(1, 1 << 20));
    assertThatThrownBy(() -> take(archive(store.get(child), store.get(root))))
        .isInstanceOf(StoreException.InvalidArchive.class);
  }

  @Test
  void seesWhatIsLeftOut() {
    byte[] whole = whole();
    assertThatThrownBy(() -> take(archive(store.get(root))))
        .isInstanceOf(StoreException.MissingBlock.class)
        .hasMessageContaining("as if it were whole");
    assertThatThrownBy(() -> take(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(StoreException.InvalidArchive.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void takesNoMoreThanItsLimits() {
    byte[] whole = whole();
    for (Limits limits : List.of(new Limits(1 << 20, 32, 100), new Limits(16 << 20, 32, 2))) {
      assertThatThrownBy(() -> download(limits).take(root, new ByteArrayInputStream(whole)))
          .isInstanceOf(StoreException.LimitExceeded.class);
    }
  }

  @Test
  void doesNotWaitForAGatewayThatStallsOrBreaksOff() {
    byte[] half = Arrays.copyOf(whole(), 2 << 20);
    fails(
        request -> request.response().setChunked(true).write(Buffer.buffer(half)),
        "sent nothing for");
    fails(
        request ->
            request
                .response()
                .setChunked(true)
                .write(Buffer.buffer(half))
                .onComplete(_ -> request.connection().close()),
        "broke off");
    fails(request -> {}, "did not answer within");
    fails(request -> request.response().setStatusCode(429).end("slow down"), "status 429");
    assertThat(target.pins()).isEmpty();
  }

  private void fails(Consumer<HttpServerRequest> answer, String why) {
    HttpServer server =
        vertx.createHttpServer().requestHandler(answer::accept).listen(0, "127.0.0.1").await();
    GatewayClient gateway =
        new GatewayClient(http, URI.create("http://127.0.0.1:" + server.actualPort()));
    assertThatThrownBy(() -> gateway.getTree(root, target, LIMITS))
        .isInstanceOf(StoreException.SourceUnavailable.class)
        .hasMessageContaining(why);
    server.close().await();
  }

  private long take(byte[] archive) throws IOException {
    return download(LIMITS).take(root, new ByteArrayInputStream(archive));
  }

  private TreeDownload download(Limits limits) {
    return new TreeDownload(target, limits, "the gateway");
  }

  private byte[] whole() {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new CarExport(store).write(root, UnixFsReader.appendingTo(Channels.newChannel(archive)));
    return archive.toByteArray();
  }

  private byte[] archive(Block... blocks) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    CarWriter writer =
        new CarWriter(List.of(root), UnixFsReader.appendingTo(Channels.newChannel(archive)));
    Arrays.stream(blocks).forEach(writer);
    return archive.toByteArray();
  }
}
