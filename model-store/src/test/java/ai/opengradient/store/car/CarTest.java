package ai.opengradient.store.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.FolderImporter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarTest {
  private static final ContentId LEAF = ContentId.of(Codec.RAW, new byte[] {1, 2, 3});

  @TempDir private Path disk;
  private BlockStore store;
  private BlockStore other;

  @BeforeEach
  void open() {
    store = new BlockStore(disk.resolve("store"));
    other = new BlockStore(disk.resolve("other"));
  }

  @Test
  void carriesADirectoryFromOneStoreToAnother() throws IOException {
    ContentId root = folder();
    byte[] archive = exported(root);

    ImportedArchive imported = take(archive);
    assertThat(imported.roots()).containsExactly(root);
    assertThat(other.ids()).isEqualTo(store.ids());
    assertThat(imported.blocks()).isEqualTo(store.ids().size());
    assertThat(imported.length()).isEqualTo(store.size());
    assertThat(other.pins()).containsExactly(root);
  }

  @Test
  void hasParentsFirstAndEachBlockOnce() throws IOException {
    ContentId root = folder();
    CarReader reader = CarReader.open(new ByteArrayInputStream(exported(root)), "the archive");
    List<ContentId> order = new ArrayList<>();
    for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      order.add(next.get().id());
    }
    assertThat(order.getFirst()).isEqualTo(root);
    assertThat(order).doesNotHaveDuplicates().hasSize(store.ids().size());
    assertThat(exported(root)).isEqualTo(exported(root));
  }

  @Test
  void hasOfAPathWhatProvesItAndWhatIsAskedFor() throws IOException {
    ContentId root = folder();
    assertThat(ids(root + "/sub", CarExport.Scope.BLOCK)).hasSize(2);
    assertThat(ids(root + "/sub", CarExport.Scope.ENTITY)).hasSize(2);
    assertThat(ids(root + "/sub/large", CarExport.Scope.ENTITY)).hasSize(2 + 1 + 3);
    assertThat(ids(root + "/sub/large", CarExport.Scope.BLOCK)).hasSize(2 + 1);
    assertThat(ids(root + "/sub", CarExport.Scope.ALL)).hasSize(2 + 1 + 3 + 1);
    assertThatThrownBy(() -> ids(root + "/absent", CarExport.Scope.ALL))
        .isInstanceOf(StoreException.NoSuchEntry.class);
  }

  @Test
  void followsIdsThatHoldTheirBlockWithoutCarryingIt() throws IOException {
    ContentId inline = ContentId.parse("bafkqaaa");
    assertThat(take(exported(inline)).blocks()).isZero();
    assertThat(other.pins()).containsExactly(inline);
  }

  @Test
  void isNotExportedWithoutABlock() throws IOException {
    ContentId root = folder();
    Files.delete(pathOf(ContentId.of(Codec.RAW, SeededFiles.bytes(1, 10))));
    assertThatThrownBy(() -> exported(root)).isInstanceOf(StoreException.MissingBlock.class);
  }

  @Test
  void mayHaveSeveralRoots() throws IOException {
    Block first = Block.of(Codec.RAW, new byte[] {1});
    Block second = Block.of(Codec.RAW, new byte[] {2});
    assertThat(take(archive(List.of(first.id(), second.id()), first, second)).roots())
        .containsExactly(first.id(), second.id());
    assertThat(other.pins()).containsExactlyInAnyOrder(first.id(), second.id());
  }

  @Test
  void withoutRootsIsNotPinned() throws IOException {
    Block block = Block.of(Codec.RAW, new byte[] {1});
    byte[] archive = archive(List.of(), block);
    refused(archive, "states no roots");
    assertThat(other.contains(block.id())).isTrue();
    assertThat(other.pins()).isEmpty();
    assertThat(new CarImport(other).write(new ByteArrayInputStream(archive), "it").blocks())
        .isEqualTo(1);
  }

  @Test
  void withoutABlockOfItsRootIsNotPinned() throws IOException {
    ContentId root = folder();
    byte[] archive = archive(List.of(root), store.get(root));
    assertThatThrownBy(() -> take(archive)).isInstanceOf(StoreException.MissingBlock.class);
    assertThat(other.pins()).isEmpty();
    assertThat(other.contains(root)).isTrue();
  }

  @Test
  void mayLeaveOutWhatTheStoreHas() throws IOException {
    ContentId root = folder();
    for (ContentId id : store.ids()) {
      if (!id.equals(root)) {
        other.put(store.get(id));
      }
    }
    take(archive(List.of(root), store.get(root)));
    assertThat(other.pins()).containsExactly(root);
  }

  @Test
  void isRefusedWithAnythingForAHeader() {
    refused(new byte[0], "empty");
    refused(hex("00"), "ends inside a value");
    refused(hex("05" + "68656c6c6f"), "no map");
    refused("<html>rate limited</html>".getBytes(StandardCharsets.UTF_8), "cut off");
    refused(hex("0a" + "a1" + "6776657273696f6e" + "02"), "version is 2");
    refused(hex("0a" + "a1" + "6776657273696f6e" + "01"), "roots are missing");
    refused(hex("0b" + "a1" + "6776657273696f6e" + "01" + "00"), "more than one map");
    refused(hex("0b" + "a1" + "6776657273696f6e" + "1bff"), "a number that nothing needs");
    refused(hex("0a" + "a1" + "6776657273696f6e" + "41"), "a version that is no number");
    refused(hex("09" + "a1" + "65726f6f7473" + "a0" + "00"), "roots that are no list");
    refused(hex("09" + "a1" + "65726f6f7473" + "81" + "00"), "a root that is no link");
    refused(hex("0c" + "a1" + "65726f6f7473" + "81" + "d82a" + "4100"), "a root can't be read");
    refused(hex("0c" + "a1" + "65726f6f7473" + "81" + "d82a" + "5b00"), "nothing needs");
    refused(hex("0c" + "a1" + "65726f6f7473" + "9affffffff"), "ends inside a value");
    refused(hex("04" + "a1" + "627a7a"), "a field 'zz'");
    refused(hex("ffffffff7f"), "states a header of");
    refused(hex("8000"), "not in its shortest form");
    refused(hex("ffffffffffffffffffff01"), "too long");
    refused(hex("80"), "ends inside a length");
  }

  @Test
  void isRefusedIfItsLengthsLie() throws IOException {
    byte[] header = archive(List.of(LEAF));
    refused(joined(header, hex("ffffffff0f")), "states a block of");
    refused(joined(header, hex("8080808080808080808001")), "too long");
    refused(joined(header, hex("00")), "a block's id can't be read");
    refused(joined(header, hex("27" + "0155")), "cut off");
    refused(joined(header, hex("04" + "01551220")), "id can't be read");
    byte[] good = archive(List.of(LEAF), Block.of(Codec.RAW, new byte[] {1, 2, 3}));
    byte[] longer = good.clone();
    longer[header.length]++;
    refused(longer, "cut off");
    byte[] shorter = good.clone();
    shorter[header.length]--;
    assertThatThrownBy(() -> take(shorter)).isInstanceOf(StoreException.CorruptBlock.class);
  }

  @Test
  void isRefusedIfABlockIsNotWhatItsIdSays() throws IOException {
    byte[] archive = archive(List.of(LEAF), Block.of(Codec.RAW, new byte[] {1, 2, 3}));
    archive[archive.length - 1] ^= 1;
    assertThatThrownBy(() -> take(archive)).isInstanceOf(StoreException.CorruptBlock.class);
    assertThat(other.ids()).isEmpty();
  }

  @Test
  void isRefusedWithBlocksOfOtherCodecs() throws IOException {
    byte[] archive = archive(List.of(LEAF), Block.of(Codec.RAW, new byte[] {1, 2, 3}));
    int codec = archive(List.of(LEAF)).length + 2;
    archive[codec] = 0x71;
    refused(archive, "codec 0x71");
  }

  @Test
  void cutOffAnywhereIsRefusedOrSaysWhatIsMissing() throws IOException {
    byte[] archive = exported(folder());
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int length = round < 150 ? round : random.nextInt(archive.length);
      assertThatThrownBy(() -> take(Arrays.copyOf(archive, length)))
          .as("cut to " + length)
          .isInstanceOfAny(StoreException.InvalidArchive.class, StoreException.MissingBlock.class);
      assertThat(other.pins()).isEmpty();
    }
  }

  @Test
  void damagedAnywhereIsRefusedOrMeansSomethingSound() throws IOException {
    Block first = Block.of(Codec.RAW, new byte[] {1});
    Block second = Block.of(Codec.RAW, new byte[] {2});
    byte[] archive = archive(List.of(first.id()), first, second);
    long seed = 3;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = archive.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        take(damaged);
        assertThat(new HashSet<>(other.ids())).as("seed %d", seed).contains(first.id());
      } catch (StoreException e) {
        assertThat(e.getMessage()).as("seed %d, round %d", seed, round).isNotEmpty();
      }
    }
  }

  /** Nothing is allocated for a file's length: 64 GiB of zeros that claim to be blocks. */
  @Test
  void endlessIsRefusedAtItsFirstLie() throws IOException {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(joined(archive(List.of(LEAF)), hex("8080808001"))),
            SeededFiles.stream(0, 64L << 30));
    assertThatThrownBy(() -> new CarImport(other).add(endless, "the archive"))
        .isInstanceOf(StoreException.InvalidArchive.class)
        .hasMessageContaining("states a block of");
  }

  private ContentId folder() throws IOException {
    Files.createDirectories(disk.resolve("folder/sub"));
    Files.write(disk.resolve("folder/a"), SeededFiles.bytes(1, 10));
    Files.write(disk.resolve("folder/b"), SeededFiles.bytes(1, 10));
    Files.write(disk.resolve("folder/sub/large"), SeededFiles.bytes(2, (2 << 20) + 1));
    Files.write(disk.resolve("folder/sub/c"), SeededFiles.bytes(3, 7));
    return new FolderImporter(store).add(disk.resolve("folder")).root();
  }

  private Path pathOf(ContentId id) {
    String name = id.toString();
    return disk.resolve(
        "store/blocks/" + name.substring(name.length() - 3, name.length() - 1) + "/" + name);
  }

  private List<ContentId> ids(String path, CarExport.Scope scope) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new CarExport(store).write(ContentPath.parse(path), scope, into(archive));
    CarReader reader =
        CarReader.open(new ByteArrayInputStream(archive.toByteArray()), "the archive");
    List<ContentId> ids = new ArrayList<>();
    for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      ids.add(next.get().id());
    }
    return ids;
  }

  private byte[] exported(ContentId root) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new CarExport(store).write(root, into(archive));
    return archive.toByteArray();
  }

  private static byte[] archive(List<ContentId> roots, Block... blocks) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    CarWriter writer = new CarWriter(roots, into(archive));
    Arrays.stream(blocks).forEach(writer);
    return archive.toByteArray();
  }

  private static Consumer<ByteBuffer> into(ByteArrayOutputStream archive) {
    return piece -> {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      archive.writeBytes(bytes);
    };
  }

  private ImportedArchive take(byte[] archive) throws IOException {
    return new CarImport(other).add(new ByteArrayInputStream(archive), "the archive");
  }

  private void refused(byte[] archive, String why) {
    assertThatThrownBy(() -> take(archive))
        .isInstanceOf(StoreException.InvalidArchive.class)
        .hasMessageContaining(why);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
