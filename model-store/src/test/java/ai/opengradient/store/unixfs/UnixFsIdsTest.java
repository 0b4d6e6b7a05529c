package ai.opengradient.store.unixfs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.peers.PeerScript;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our ids against those that the importer in JavaScript gives, which knows nothing of ours. */
class UnixFsIdsTest {
  private static final int FEWEST_SHAPES = 30;

  @Test
  void areThoseOfTheImporterByOthers() throws IOException, InterruptedException {
    ObjectMapper mapper = new ObjectMapper();
    int shapes = 0;
    try (PeerScript script = PeerScript.start("present/unixFsIds.js")) {
      for (String line : script.allLines()) {
        JsonNode shape = mapper.readTree(line);
        if (shape.has("entries")) {
          compareDirectory(shape);
        } else {
          compareFile(shape);
        }
        shapes++;
      }
    }
    assertThat(shapes).isGreaterThanOrEqualTo(FEWEST_SHAPES);
    System.out.println(shapes + " shapes have the ids of ipfs-unixfs-importer");
  }

  private static void compareFile(JsonNode shape) throws IOException {
    UnixFsImporter importer =
        new UnixFsImporter(
            new MemoryBlocks(), shape.get("leaf").intValue(), shape.get("links").intValue());
    ImportedFile file =
        importer.add(
            SeededFiles.stream(shape.get("seed").intValue(), shape.get("size").longValue()));
    assertThat(file.root()).as(shape.toString()).hasToString(shape.get("cid").textValue());
    assertThat(file.treeSize()).as(shape.toString()).isEqualTo(shape.get("treeSize").longValue());
  }

  private static void compareDirectory(JsonNode shape) throws IOException {
    MemoryBlocks blocks = new MemoryBlocks();
    UnixFsImporter importer = new UnixFsImporter(blocks);
    FolderBuilder builder = new FolderBuilder(blocks);
    for (JsonNode entry : shape.get("entries")) {
      List<String> path = List.of(entry.get("path").textValue().split("/", -1));
      if (entry.has("size")) {
        builder.file(
            path,
            importer.write(
                SeededFiles.stream(entry.get("seed").intValue(), entry.get("size").longValue())));
      } else {
        builder.directory(path);
      }
    }
    ImportedDirectory directory = builder.write((path, below) -> {});
    String name = shape.get("shape").textValue();
    assertThat(directory.root()).as(name).hasToString(shape.get("cid").textValue());
    assertThat(directory.treeSize()).as(name).isEqualTo(shape.get("treeSize").longValue());
    assertEveryEntryIsFound(shape, directory, blocks);
  }

  private static void assertEveryEntryIsFound(
      JsonNode shape, ImportedDirectory directory, MemoryBlocks blocks) {
    DirectoryReader reader = new DirectoryReader(blocks);
    for (JsonNode entry : shape.get("entries")) {
      ContentPath path = ContentPath.parse(directory.root() + "/" + entry.get("path").textValue());
      assertThat(reader.isDirectory(reader.resolve(path))).isEqualTo(!entry.has("size"));
    }
  }
}
