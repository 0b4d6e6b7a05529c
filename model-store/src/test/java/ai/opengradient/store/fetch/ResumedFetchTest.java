package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.unixfs.BlockLinks;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedFetchTest {
  private static final byte[] CONTENT = SeededFiles.bytes(6, (5 << 20) + 17);
  private static final int LEAVES = 6;

  @TempDir private Path cache;
  private final MemoryBlocks blocks = new MemoryBlocks();
  private FileReference file;
  private List<ContentId> leaves = List.of();

  @BeforeEach
  void publish() throws IOException {
    ImportedFile imported = new UnixFsImporter(blocks).add(new ByteArrayInputStream(CONTENT));
    file = new FileReference(imported.root(), imported.sha256(), imported.length());
    leaves = BlockLinks.of(blocks.get(file.cid()));
    assertThat(leaves).hasSize(LEAVES).doesNotHaveDuplicates();
  }

  @Test
  void asksOnlyForWhatIsMissing() throws IOException {
    breakOffAfter(3);
    ScriptedSource rest = new ScriptedSource("rest", (number, id) -> blocks.get(id));
    FetchReport[] last = new FetchReport[1];
    Path path = fetch(rest).fetch(file, report -> last[0] = report);

    assertThat(rest.asked()).isEqualTo(LEAVES - 3);
    assertThat(last[0].resumed()).isEqualTo(3 << 20);
    assertThat(last[0].done()).isEqualTo(CONTENT.length);
    assertThat(path).hasBinaryContent(CONTENT);
    assertThat(filesIn(cache)).containsExactly(path);
  }

  @Test
  void asksAgainForWhatWasDamagedMeanwhile() throws IOException {
    Path unfinished = breakOffAfter(3);
    byte[] bytes = Files.readAllBytes(unfinished);
    bytes[1 << 20]++;
    Files.write(unfinished, bytes);
    ScriptedSource rest = new ScriptedSource("rest", (number, id) -> blocks.get(id));
    assertThat(fetch(rest).fetch(file, Progress.NONE)).hasBinaryContent(CONTENT);
    assertThat(rest.asked()).isEqualTo(LEAVES - 2);
  }

  @Test
  void isNotMisledByWhatIsLongerThanTheFile() throws IOException {
    Path unfinished = breakOffAfter(2);
    Files.write(unfinished, new byte[CONTENT.length + 1000]);
    assertThat(fetch(blocks).fetch(file, Progress.NONE)).hasBinaryContent(CONTENT);
  }

  @Test
  void takesUpWhatAKilledProcessLeft() throws Exception {
    try (StallingGateway gateway = new StallingGateway()) {
      Process other = FetchingProcess.start(gateway.uri(), cache, file);
      assertThat(gateway.awaitStall()).isTrue();
      other.destroyForcibly().waitFor();

      ScriptedSource rest = new ScriptedSource("rest", (number, id) -> blocks.get(id));
      assertThat(fetch(rest).fetch(file, Progress.NONE)).hasBinaryContent(CONTENT);
      assertThat(rest.asked()).isEqualTo(LEAVES - StallingGateway.GIVEN);
      assertThat(filesIn(cache)).hasSize(1);
    }
  }

  @Test
  void leavesAnotherProcessItsOwn() throws Exception {
    try (StallingGateway gateway = new StallingGateway()) {
      Process other = FetchingProcess.start(gateway.uri(), cache, file);
      assertThat(gateway.awaitStall()).isTrue();

      ScriptedSource all = new ScriptedSource("all", (number, id) -> blocks.get(id));
      assertThat(fetch(all).fetch(file, Progress.NONE)).hasBinaryContent(CONTENT);
      // The other one kept the root for both; its leaves are in a file that it still writes.
      assertThat(all.asked()).isEqualTo(LEAVES);
      gateway.goOn();
      assertThat(other.waitFor()).isZero();
      assertThat(filesIn(cache)).hasSize(1);
      assertThat(fetch().fetch(file, Progress.NONE)).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void writesOutsideTheCacheTheSameWay(@TempDir Path folder) throws IOException {
    Path target = folder.resolve("model.onnx");
    assertThatThrownBy(
            () -> fetch(brokenAfter(4)).write(file.cid(), target, CONTENT.length, Progress.NONE))
        .isInstanceOf(StoreException.NoSourceLeft.class);
    assertThat(target).doesNotExist();
    ScriptedSource rest = new ScriptedSource("rest", (number, id) -> blocks.get(id));
    assertThat(fetch(rest).write(file.cid(), target, CONTENT.length, Progress.NONE))
        .isEqualTo(CONTENT.length);
    assertThat(rest.asked()).isEqualTo(LEAVES - 4);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(filesIn(folder)).containsExactly(target);
    assertThatThrownBy(() -> fetch(blocks).write(file.cid(), target, CONTENT.length, Progress.NONE))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void hasTheFileThoughOneSourceLiesAndOneDies() throws IOException {
    ScriptedSource liar =
        new ScriptedSource(
            "liar",
            (number, id) ->
                number % 2 == 0 ? Block.verify(id, new byte[0], "liar") : blocks.get(id));
    ScriptedSource dying =
        new ScriptedSource(
            "dying",
            (number, id) -> {
              if (number > 2) {
                throw new StoreException.SourceUnavailable("dying is dead");
              }
              return blocks.get(id);
            });
    FetchReport[] last = new FetchReport[1];
    assertThat(fetch(liar, dying).fetch(file, report -> last[0] = report))
        .hasBinaryContent(CONTENT);
    SourceShare ofLiar = last[0].sources().getFirst();
    SourceShare ofDying = last[0].sources().get(1);
    assertThat(ofLiar.blocks() + ofDying.blocks()).isEqualTo(LEAVES + 1);
    assertThat(ofLiar.lies()).isEqualTo(liar.asked() / 2);
    assertThat(ofDying.blocks()).isLessThanOrEqualTo(2);
  }

  /** What is left when the sources fail after so many leaves. */
  private Path breakOffAfter(int given) throws IOException {
    assertThatThrownBy(() -> fetch(brokenAfter(given)).fetch(file, Progress.NONE))
        .isInstanceOf(StoreException.NoSourceLeft.class);
    Path unfinished = filesIn(cache).stream().filter(UnfinishedFile::isOne).findAny().orElseThrow();
    assertThat(Files.size(unfinished)).isEqualTo((long) given << 20);
    return unfinished;
  }

  private BlockSource brokenAfter(int given) {
    return new ScriptedSource(
        "broken",
        (number, id) -> {
          if (id.codec() == Codec.RAW && leaves.indexOf(id) >= given) {
            throw new StoreException.SourceUnavailable("broken is broken");
          }
          return blocks.get(id);
        });
  }

  private VerifiedFetch fetch(BlockSource... sources) {
    return new VerifiedFetch(List.of(sources), cache, TestSettings.of(new TickingClock()));
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Gives some leaves, then nothing until it may go on. */
  private final class StallingGateway implements AutoCloseable {
    static final int GIVEN = 4;

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              String path = Objects.requireNonNull(request.path());
              ContentId id = ContentId.parse(path.substring("/ipfs/".length()));
              Thread.ofVirtual()
                  .start(() -> {
                    if (leaves.indexOf(id) >= GIVEN) {
                      stalled.countDown();
                      awaitQuietly(free);
                    }
                    request.response().end(Buffer.buffer(blocks.get(id).toByteArray()));
                  });
            })
            .listen(0, "127.0.0.1")
            .await();

    String uri() {
      return "http://127.0.0.1:" + server.actualPort();
    }

    boolean awaitStall() throws InterruptedException {
      return stalled.await(1, TimeUnit.MINUTES);
    }

    void goOn() {
      free.countDown();
    }

    @Override
    public void close() {
      free.countDown();
      server.close().await();
      vertx.close().await();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
