package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifiedFetchTest {
  private static final byte[] CONTENT = SeededFiles.bytes(5, (3 << 20) + 17);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static Vertx vertx;
  private static HttpCaller http;

  @TempDir private Path cache;
  private final MemoryBlocks blocks = new MemoryBlocks();
  private FileReference file;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    http = new HttpCaller(vertx, PATIENCE);
  }

  @AfterAll
  static void stop() {
    http.close();
    vertx.close().await();
  }

  @BeforeEach
  void publish() throws IOException {
    ImportedFile imported = new UnixFsImporter(blocks).add(new ByteArrayInputStream(CONTENT));
    file = new FileReference(imported.root(), imported.sha256(), imported.length());
  }

  @Test
  void bringsTheFileAndTellsHowFarItIs() throws IOException {
    List<Long> steps = new ArrayList<>();
    Path path =
        fetch(List.of(blocks), cache)
            .fetch(
                file,
                report -> {
                  assertThat(report.total()).isEqualTo(CONTENT.length);
                  assertThat(report.resumed()).isZero();
                  steps.add(report.done());
                });

    assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
    assertThat(steps).containsExactly(1L << 20, 2L << 20, 3L << 20, (long) CONTENT.length);
    assertThat(filesIn(cache)).containsExactly(path);
  }

  @Test
  void asksNobodyForWhatTheCacheHas() {
    VerifiedFetch fetch = fetch(List.of(blocks), cache);
    Path path = fetch.fetch(file, Progress.NONE);
    int asked = blocks.asked();
    assertThat(fetch.fetch(file, Progress.NONE)).isEqualTo(path);
    assertThat(blocks.asked()).isEqualTo(asked);
  }

  @Test
  void fetchesAnewWhatWasDamagedInTheCache() throws IOException {
    VerifiedFetch fetch = fetch(List.of(blocks), cache);
    Path path = fetch.fetch(file, Progress.NONE);
    byte[] damaged = CONTENT.clone();
    damaged[1_000_000]++;
    Files.write(path, damaged);
    assertThat(Files.readAllBytes(fetch.fetch(file, Progress.NONE))).isEqualTo(CONTENT);
    Files.write(path, new byte[3]);
    assertThat(Files.readAllBytes(fetch.fetch(file, Progress.NONE))).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(value = FaultyGateway.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void namesEveryFaultAndTakesTheNextSource(FaultyGateway.Fault fault) throws IOException {
    Duration deadline = fault == FaultyGateway.Fault.TRICKLE ? SHORT : PATIENCE;
    Duration patience = fault == FaultyGateway.Fault.SILENT ? SHORT : PATIENCE;
    try (HttpCaller impatient = new HttpCaller(vertx, deadline, patience);
        FaultyGateway faulty = new FaultyGateway(vertx, blocks, fault);
        FaultyGateway good = new FaultyGateway(vertx, blocks, FaultyGateway.Fault.NONE)) {
      BlockSource first = new SourceAddress.Gateway(faulty.uri()).open(impatient);
      BlockSource second = new SourceAddress.Gateway(good.uri()).open(http);

      StoreException.NoSourceLeft failure =
          catchThrowableOfType(
              StoreException.NoSourceLeft.class,
              () -> fetch(List.of(first), cache).fetch(file, Progress.NONE));
      assertThat(failure.failures()).hasExactlyElementsOfTypes(expected(fault));
      assertThat(failure)
          .hasMessageContaining(faulty.uri().toString())
          .hasMessageContaining("no source gave");
      assertThat(filesIn(cache)).isEmpty();

      Path path = fetch(List.of(first, second), cache).fetch(file, Progress.NONE);
      assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
    }
  }

  private static Class<?> expected(FaultyGateway.Fault fault) {
    return switch (fault) {
      case NONE -> throw new IllegalArgumentException("nothing is wrong");
      case ONE_BIT_FLIPPED, CUT_SHORT, ANOTHER_BLOCK, EMPTY, ERROR_PAGE ->
          StoreException.CorruptBlock.class;
      case ENDLESS, ANNOUNCED_TOO_LONG -> StoreException.OversizedBlock.class;
      case BROKEN_OFF, SERVER_ERROR, WEB_PAGE, REDIRECT, SILENT, TRICKLE ->
          StoreException.SourceUnavailable.class;
      case BUSY -> StoreException.SourceBusy.class;
      case ABSENT -> StoreException.MissingBlock.class;
    };
  }

  @Test
  void asksADeadSourceAFewTimesAndThenNoMore() {
    try (FaultyGateway dead = new FaultyGateway(vertx, blocks, FaultyGateway.Fault.SERVER_ERROR)) {
      BlockSource gateway = new SourceAddress.Gateway(dead.uri()).open(http);
      VerifiedFetch fetch =
          new VerifiedFetch(
              List.of(gateway, blocks), cache, TestSettings.oneAtATime(new TickingClock()));
      fetch.fetch(file, Progress.NONE);
      assertThat(dead.asked()).isBetween(1, Standing.MOST_SETBACKS);
    }
  }

  @Test
  void saysHowLongABusySourceWantsToBeLeftAlone() {
    HttpServer busy =
        vertx
            .createHttpServer()
            .requestHandler(request ->
                request.response().setStatusCode(429).putHeader("Retry-After", "7").end())
            .listen(0, "127.0.0.1")
            .await();
    URI uri = URI.create("http://127.0.0.1:" + busy.actualPort());
    StoreException.SourceBusy failure =
        catchThrowableOfType(
            StoreException.SourceBusy.class,
            () -> new SourceAddress.Gateway(uri).open(http).get(file.cid()));
    assertThat(failure.pause()).isEqualTo(Duration.ofSeconds(7));
    busy.close().await();
  }

  @Test
  void saysThatNobodyListens() {
    FaultyGateway gone = new FaultyGateway(vertx, blocks, FaultyGateway.Fault.NONE);
    gone.close();
    VerifiedFetch fetch = fetch(List.of(new SourceAddress.Gateway(gone.uri()).open(http)), cache);
    assertThatThrownBy(() -> fetch.fetch(file, Progress.NONE))
        .isInstanceOf(StoreException.NoSourceLeft.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void saysThatThereAreNoSources() {
    assertThatThrownBy(() -> fetch(List.of(), cache).fetch(file, Progress.NONE))
        .isInstanceOf(StoreException.NoSourceLeft.class)
        .hasMessageContaining("none is configured");
  }

  @Test
  void takesEachBlockFromWhoeverHasIt(@TempDir Path directory) throws IOException {
    BlockStore half = new BlockStore(directory);
    half.put(blocks.get(file.cid()));
    Path path = fetch(List.of(half, blocks), cache).fetch(file, Progress.NONE);
    assertThat(Files.readAllBytes(path)).isEqualTo(CONTENT);
  }

  @Test
  void refusesAFileThatIsNotThePromisedOne() throws IOException {
    VerifiedFetch fetch = fetch(List.of(blocks), cache);
    FileReference otherHash = new FileReference(file.cid(), Hash.of(new byte[32]), file.length());
    FileReference longer = new FileReference(file.cid(), file.sha256(), file.length() + 1);
    FileReference shorter = new FileReference(file.cid(), file.sha256(), file.length() - 1);
    assertThatThrownBy(() -> fetch.fetch(otherHash, Progress.NONE))
        .isInstanceOf(StoreException.WrongFile.class);
    assertThatThrownBy(() -> fetch.fetch(longer, Progress.NONE))
        .isInstanceOf(StoreException.WrongFile.class);
    assertThatThrownBy(() -> fetch.fetch(shorter, Progress.NONE))
        .isInstanceOf(StoreException.LimitExceeded.class);
    assertThat(filesIn(cache)).isEmpty();
  }

  @Test
  void refusesAManifestThatIsNone() throws IOException {
    VerifiedFetch fetch = fetch(List.of(blocks), cache);
    assertThatThrownBy(() -> fetch.manifest(file.cid()))
        .isInstanceOf(StoreException.LimitExceeded.class);
    ContentId small =
        new UnixFsImporter(blocks).add(new ByteArrayInputStream(new byte[] {'{', '}'})).root();
    assertThatThrownBy(() -> fetch.manifest(small))
        .isInstanceOf(StoreException.InvalidManifest.class);
    ContentId nobodys = ContentId.of(Codec.RAW, new byte[] {77});
    assertThatThrownBy(() -> fetch.manifest(nobodys))
        .isInstanceOf(StoreException.NoSourceLeft.class);
  }

  @Test
  void saysThatItsCacheCannotBe() throws IOException {
    Path inTheWay = Files.createFile(cache.resolve("in the way"));
    assertThatThrownBy(() -> fetch(List.of(), inTheWay))
        .isInstanceOf(StoreException.StorageFailed.class);
  }

  private static VerifiedFetch fetch(List<BlockSource> sources, Path cache) {
    return new VerifiedFetch(sources, cache, TestSettings.of(new TickingClock()));
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
