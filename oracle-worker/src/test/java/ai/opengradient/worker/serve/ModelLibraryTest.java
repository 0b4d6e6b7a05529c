package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.examples.BenchmarkModels;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.ModelPublisher;
import ai.opengradient.store.manifest.PublishedModel;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ModelCalls;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.testing.DeployedMarket;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.transactions.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a source or a manifest says, a model is the file whose hash and length the chain has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelLibraryTest {

  private final HardhatNode node = HardhatNode.start();
  private final AtomicInteger asked = new AtomicInteger();
  private DeployedMarket market;
  private BlockStore blocks;
  private PublishedModel published;

  @TempDir private Path folder;

  @BeforeAll
  void publish(@TempDir Path directory) throws IOException {
    market = new DeployedMarket(node, directory);
    blocks = new BlockStore(directory.resolve("blocks"));
    Path file = Files.write(directory.resolve("line.onnx"), BenchmarkModels.line());
    Signature signature = OnnxReader.read(file).bind(Map.of());
    published =
        new ModelPublisher(blocks)
            .publish(
                file,
                stored ->
                    new Manifest(
                        Manifest.FORMAT,
                        "line",
                        stored,
                        List.of(signature),
                        List.of(new Band(1e-5f, 1e-5f)),
                        List.of(Domain.UNSTATED),
                        "MIT",
                        List.of()));
  }

  @AfterAll
  void stop() {
    market.client().close();
    node.close();
  }

  @BeforeEach
  void forget() {
    asked.set(0);
  }

  @Test
  void a_model_is_fetched_once() throws IOException {
    FileReference file = published.content().file().content();
    long version = register(file.sha256(), file.length());
    ModelLibrary library = library();
    Path fetched = library.file(version);
    assertThat(Files.readAllBytes(fetched)).isEqualTo(BenchmarkModels.line());
    int first = asked.get();
    assertThat(first).isPositive();
    assertThat(library.file(version)).isEqualTo(fetched);
    assertThat(asked).hasValue(first);
  }

  @Test
  void a_file_with_another_hash_than_the_chains_is_refused() {
    FileReference file = published.content().file().content();
    byte[] other = file.sha256().bytes();
    other[31] ^= 1;
    long version = register(Hash.of(other), file.length());
    assertThatThrownBy(() -> library().file(version)).isInstanceOf(StoreException.WrongFile.class);
    assertThat(folder.resolve("models")).isDirectoryNotContaining(Files::isRegularFile);
  }

  @Test
  void a_file_with_another_length_than_the_chains_is_refused() {
    FileReference file = published.content().file().content();
    for (long length : new long[] {file.length() - 1, file.length() + 1}) {
      long version = register(file.sha256(), length);
      assertThatThrownBy(() -> library().file(version))
          .as("%d", length)
          .isInstanceOf(StoreException.class);
    }
    assertThat(folder.resolve("models")).isDirectoryNotContaining(Files::isRegularFile);
  }

  @Test
  void a_version_that_is_not_there_is_the_registrys_refusal() {
    assertThatThrownBy(() -> library().version(999))
        .isInstanceOf(ChainException.CallRefused.class)
        .hasMessageContaining("UnknownVersion");
  }

  private long register(Hash sha256, long length) {
    ModelVersion usual = DeployedMarket.VERSION;
    ModelVersion version =
        new ModelVersion(
            HexFormat.of().formatHex(published.manifest().bytes()),
            sha256,
            length,
            usual.royalty(),
            usual.bond(),
            usual.tracePrice(),
            usual.licence(),
            usual.bands(),
            usual.domains(),
            usual.bindings());
    Outcome.Mined mined =
        market.send(
            market.treasury(),
            new ModelCalls(market.deployment())
                .publish(
                    reader().version(market.version()).model(),
                    version,
                    List.of(DeployedMarket.PROGRAM)));
    return reader().versionPublishedBy(mined.receipt().transaction()).orElseThrow();
  }

  private ModelLibrary library() {
    return new ModelLibrary(
        reader(),
        new VerifiedFetch(
            List.of(counted()),
            folder.resolve("models"),
            FetchSettings.usual(Long.MAX_VALUE, InstantSource.system())));
  }

  private ModelReader reader() {
    return new ModelReader(market.client(), market.deployment());
  }

  private BlockSource counted() {
    return new BlockSource() {
      @Override
      public Block get(ContentId id) {
        asked.incrementAndGet();
        return blocks.get(id);
      }

      @Override
      public String name() {
        return blocks.name();
      }
    };
  }
}
