package ai.opengradient.store.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.content.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnixFsImporterTest {
  /**
   * The profile's vectors have files up to a gigabyte and a second level of the tree, so nothing is
   * kept.
   */
  private static final BlockSink NOWHERE =
      new BlockSink() {
        @Override
        public void put(Block block) {}

        @Override
        public void pin(ContentId root) {}
      };

  @ParameterizedTest
  @MethodSource("profile")
  void givesTheIdsOfTheProfile(JsonNode vector) throws IOException {
    long size = vector.get("size").longValue();
    ImportedFile file =
        new UnixFsImporter(NOWHERE).add(SeededFiles.stream(vector.get("seed").intValue(), size));

    assertThat(file.root()).hasToString(vector.get("cid").textValue());
    assertThat(file.length()).isEqualTo(size);
  }

  @Test
  void statesTheHashAndTheSizes() throws IOException {
    byte[] content = SeededFiles.bytes(3, (2 << 20) + 5);
    ImportedFile file = new UnixFsImporter(NOWHERE).add(new ByteArrayInputStream(content));

    assertThat(file.sha256().bytes()).isEqualTo(Sha256.start().digest(content));
    assertThat(file.treeSize()).isBetween((long) content.length, content.length + 1_000L);
  }

  @Test
  void pinsWhatIsAddedAndNotWhatIsOnlyWritten() throws IOException {
    MemoryBlocks blocks = new MemoryBlocks();
    UnixFsImporter importer = new UnixFsImporter(blocks);
    importer.write(SeededFiles.stream(1, 10));
    assertThat(blocks.pins()).isEmpty();
    ImportedFile file = importer.add(SeededFiles.stream(1, 10));
    assertThat(blocks.pins()).containsExactly(file.root());
  }

  @Test
  void saysWhichFileItCannotRead(@TempDir Path directory) {
    assertThatThrownBy(() -> new UnixFsImporter(NOWHERE).add(directory.resolve("absent.onnx")))
        .isInstanceOf(StoreException.StorageFailed.class)
        .hasMessageContaining("absent.onnx");
  }

  static Stream<JsonNode> profile() throws IOException {
    return golden("profile.json", "profile");
  }

  static Stream<JsonNode> golden(String file, String list) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(UnixFsImporterTest.class.getResourceAsStream("/unixfs/" + file))) {
      return new ObjectMapper().readTree(stream).get(list).valueStream();
    }
  }
}
