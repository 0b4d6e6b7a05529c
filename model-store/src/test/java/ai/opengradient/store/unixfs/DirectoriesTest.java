package ai.opengradient.store.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoriesTest {
  private static final Limits LIMITS = new Limits(1 << 20, 32, 1_000);

  private final MemoryBlocks blocks = new MemoryBlocks();
  private final DirectoryReader reader = new DirectoryReader(blocks);
  @TempDir private Path disk;

  @Test
  void comeBackAsTheyWere() throws IOException {
    Path folder = Files.createDirectories(disk.resolve("model"));
    Files.createDirectories(folder.resolve("weights/empty"));
    Files.write(folder.resolve("model.onnx"), SeededFiles.bytes(1, 1_000));
    Files.write(folder.resolve("weights/w 1.bin"), SeededFiles.bytes(2, 3));
    Files.write(folder.resolve("weights/.hidden"), new byte[0]);

    ImportedDirectory imported = new FolderImporter(blocks).add(folder);
    assertThat(blocks.pins()).containsExactly(imported.root());
    Path copy = disk.resolve("copy");
    TreeExporter.Exported exported = new TreeExporter(blocks, LIMITS).export(imported.root(), copy);

    assertThat(contents(copy)).isEqualTo(contents(folder));
    assertThat(exported).isEqualTo(new TreeExporter.Exported(6, 1_003));
  }

  @Test
  void areListedAndReadByPath() throws IOException {
    ContentId file = write(5);
    ContentId root = directory(Map.of("a", directory(Map.of("b", file)), "c", file));

    assertThat(reader.list(root)).extracting(DirectoryEntry::name).containsExactly("a", "c");
    assertThat(reader.resolve(ContentPath.parse("/ipfs/" + root + "/a/b"))).isEqualTo(file);
    assertThat(reader.resolve(ContentPath.parse(root + "/a/b/"))).isEqualTo(file);
    assertThat(reader.resolve(ContentPath.parse(root.toString()))).isEqualTo(root);
    assertThatThrownBy(() -> reader.resolve(ContentPath.parse(root + "/a/z")))
        .isInstanceOf(StoreException.NoSuchEntry.class)
        .hasMessageContaining("'z'");
    assertThatThrownBy(() -> reader.resolve(ContentPath.parse(root + "/c/b")))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining("not a directory");
    assertThatThrownBy(() -> reader.list(file)).isInstanceOf(StoreException.InvalidFile.class);
  }

  @Test
  void ofManyEntriesAreReadByPathInFewBlocks() throws IOException {
    FolderBuilder builder = new FolderBuilder(blocks);
    ImportedFile file = new UnixFsImporter(blocks).write(SeededFiles.stream(1, 5));
    for (int entry = 0; entry < 20_000; entry++) {
      builder.file(List.of("entry-" + entry), file);
    }
    ContentId root = builder.write((path, below) -> {}).root();

    assertThat(reader.list(root)).hasSize(20_000);
    int before = blocks.asked();
    assertThat(reader.resolve(ContentPath.parse(root + "/entry-19999"))).isEqualTo(file.root());
    assertThat(blocks.asked() - before).isLessThanOrEqualTo(4);
    assertThatThrownBy(() -> reader.resolve(ContentPath.parse(root + "/absent")))
        .isInstanceOf(StoreException.NoSuchEntry.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "a\\b", "/etc/passwd", "a\0b"})
  void refuseNamesThatLeadElsewhere(String name) throws IOException {
    ContentId file = write(5);
    ImportedFile imported = new UnixFsImporter(blocks).write(SeededFiles.stream(1, 5));
    FolderBuilder builder = new FolderBuilder(blocks);
    refused(() -> builder.file(List.of(name), imported));
    refused(() -> builder.directory(List.of("a", name)));

    ContentId lying = directory(Map.of(name, file));
    refused(() -> reader.list(lying));
    Path target = disk.resolve("inner/target");
    Files.createDirectories(disk.resolve("inner"));
    refused(() -> new TreeExporter(blocks, LIMITS).export(lying, target));
    assertThat(contents(disk)).isEmpty();
  }

  @Test
  void refuseTwoEntriesOfOneName() throws IOException {
    ImportedFile file = new UnixFsImporter(blocks).write(SeededFiles.stream(1, 5));
    FolderBuilder builder = new FolderBuilder(blocks);
    builder.file(List.of("a"), file);
    refused(() -> builder.file(List.of("a"), file));
    refused(() -> builder.directory(List.of("a")));

    ContentId twice =
        node(
            DirectoryNode.PLAIN,
            List.of(new DagNode.Link(file.root(), "a", 5), new DagNode.Link(file.root(), "a", 5)));
    assertThatThrownBy(() -> reader.list(twice))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining("two entries");
  }

  @Test
  void takeInNoSymbolicLinks() throws IOException {
    Path folder = Files.createDirectories(disk.resolve("folder"));
    Path outside = Files.write(disk.resolve("outside"), new byte[] {1});
    Files.createSymbolicLink(folder.resolve("inside"), outside);
    refused(() -> new FolderImporter(blocks).add(folder));
    assertThat(blocks.pins()).isEmpty();
  }

  @Test
  void areWrittenOnlyWhereNothingIs() throws IOException {
    ContentId root = directory(Map.of("a", write(5)));
    Path there = Files.createDirectories(disk.resolve("there"));
    assertThatThrownBy(() -> new TreeExporter(blocks, LIMITS).export(root, there))
        .isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
  }

  /** A few blocks that unfold to 2^40 entries. */
  @Test
  void refuseADirectoryThatMultipliesItself() throws IOException {
    ContentId bomb = write(1);
    for (int level = 0; level < 40; level++) {
      bomb = directory(Map.of("a", bomb, "b", bomb));
    }
    ContentId root = bomb;
    assertThatThrownBy(() -> new TreeExporter(blocks, LIMITS).export(root, disk.resolve("bomb")))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("1000 files");

    List<Block> walked = new ArrayList<>();
    new BlockWalk(blocks, walked::add).from(root);
    assertThat(walked).hasSize(41);
  }

  @Test
  void refuseOneThatIsTooDeep() throws IOException {
    ContentId deep = write(1);
    for (int level = 0; level < 1_100; level++) {
      deep = directory(Map.of("a", deep));
    }
    ContentId root = deep;
    assertThatThrownBy(() -> new TreeExporter(blocks, LIMITS).export(root, disk.resolve("deep")))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("deeper");
    assertThatThrownBy(() -> new BlockWalk(blocks, _ -> {}).from(root))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void refuseFilesThatAreTooLongTogether() throws IOException {
    ContentId root = directory(Map.of("a", write(700), "b", write(700)));
    assertThatThrownBy(() ->
            new TreeExporter(blocks, new Limits(1_000, 32, 10)).export(root, disk.resolve("long")))
        .isInstanceOf(StoreException.LimitExceeded.class);
  }

  @Test
  void refuseShardsThatAreNone() throws IOException {
    ContentId file = write(1);
    DirectoryNode shard = new DirectoryNode(ByteString.copyFrom(new byte[] {1}), 256);
    refusedShard(shard, "ZZ", directory(Map.of()), "names no place");
    refusedShard(shard, "0", directory(Map.of()), "names no place");
    refusedShard(shard, "00", directory(Map.of()), "where a shard of one should be");
    refusedShard(shard, "00", file, "not a directory");
    ContentId three =
        node(new DirectoryNode(ByteString.EMPTY, 3), List.of(new DagNode.Link(file, "0a", 1)));
    assertThatThrownBy(() -> reader.list(three))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining("3 places");
    DagNode.Link link = new DagNode.Link(file, "0a", 1);
    ContentId crowded = node(new DirectoryNode(ByteString.EMPTY, 2), List.of(link, link, link));
    assertThatThrownBy(() -> reader.list(crowded))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining("more links than places");
  }

  private void refusedShard(DirectoryNode shard, String name, ContentId target, String why) {
    ContentId root = node(shard, List.of(new DagNode.Link(target, name, 1)));
    assertThatThrownBy(() -> reader.list(root))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining(why);
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable adding) {
    assertThatThrownBy(adding).isInstanceOf(StoreException.InvalidEntry.class);
  }

  private ContentId write(int size) throws IOException {
    return new UnixFsImporter(blocks).write(SeededFiles.stream(1, size)).root();
  }

  /** Whatever the names are. */
  private ContentId directory(Map<String, ContentId> entries) {
    List<DagNode.Link> links = new ArrayList<>();
    new TreeMap<>(entries).forEach((name, id) -> links.add(new DagNode.Link(id, name, 1)));
    return node(DirectoryNode.PLAIN, links);
  }

  private ContentId node(DirectoryNode directory, List<DagNode.Link> links) {
    Block block = Block.of(Codec.DAG_PB, new DagNode(links, directory.toBytes()).toByteArray());
    blocks.put(block);
    return block.id();
  }

  /** By relative path, the bytes of files; of folders that they are there. */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        if (Files.isRegularFile(path)) {
          contents.put(
              folder.relativize(path).toString(),
              ContentId.of(Codec.RAW, Files.readAllBytes(path)).toString());
        } else if (path.endsWith("empty")) {
          contents.put(folder.relativize(path).toString(), "folder");
        }
      }
    }
    return contents;
  }
}
