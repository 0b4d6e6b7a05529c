package ai.opengradient.store.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnixFsReaderTest {
  private final MemoryBlocks blocks = new MemoryBlocks();

  @ParameterizedTest
  @MethodSource("trees")
  void readsTreesOfEveryShape(JsonNode tree) {
    ContentId root = ContentId.parse(tree.get("cid").textValue());
    tree.get("blocks")
        .forEach(block -> keepAsAnything(Base64.getDecoder().decode(block.textValue())));

    int size = tree.get("size").intValue();
    assertThat(read(root, Limits.ofLength(size)))
        .isEqualTo(SeededFiles.bytes(tree.get("seed").intValue(), size));
  }

  @Test
  void readsWhatTheImporterWrites() throws IOException {
    for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, (5 << 20) + 3}) {
      byte[] content = SeededFiles.bytes(size, size);
      ImportedFile file = new UnixFsImporter(blocks).add(new ByteArrayInputStream(content));
      assertThat(read(file.root(), Limits.ofLength(size))).isEqualTo(content);
    }
  }

  @Test
  void readsLeavesInsideTheirIds() {
    ContentId first = ContentId.fromBytes(new byte[] {1, 0x55, 0, 2, 7, 8});
    ContentId root = node(List.of(first, raw(9)), List.of(2L, 1L));
    assertThat(read(root, Limits.ofLength(3))).containsExactly(7, 8, 9);
    assertThat(blocks.asked()).isEqualTo(2);
  }

  @Test
  void readsDataThatStandBeforeTheChildren() {
    DagNode node =
        new DagNode(
            List.of(new DagNode.Link(raw(3), 1)),
            ByteString.copyFrom(HexFormat.of().parseHex("0802" + "12020102" + "1803" + "2001")));
    assertThat(read(keep(Codec.DAG_PB, node.toByteArray()), Limits.ofLength(3)))
        .containsExactly(1, 2, 3);
  }

  @Test
  void refusesAMissingBlock() {
    ContentId nobodys = ContentId.of(Codec.RAW, new byte[] {42});
    ContentId root = node(List.of(nobodys), List.of(1L));
    assertThatThrownBy(() -> read(root, Limits.ofLength(9)))
        .isInstanceOf(StoreException.MissingBlock.class);
  }

  @Test
  void refusesSizesThatLie() {
    ContentId leaf = raw(1, 2, 3);
    refuses(node(List.of(leaf), List.of(4L)), "promises 4");
    refuses(node(List.of(leaf, leaf), List.of(3L)), "2 links and 1 sizes");
    refuses(node(List.of(), List.of(3L)), "0 links and 1 sizes");
    refuses(node(List.of(leaf, raw()), List.of(3L, 0L)), "zero bytes");
    refuses(node(List.of(leaf, leaf), List.of(Long.MAX_VALUE, Long.MAX_VALUE)), "nothing can have");
    refuses(unixFs("0802" + "120101" + "1805"), "states 5 bytes, but its parts make 1");
    refuses(unixFs("0802" + "18ffffffffffffffffff01"), "nothing can have");
  }

  @Test
  void refusesWhatIsNotAFile() {
    refuses(unixFs("0801"), "directory");
    refuses(unixFs("0804" + "120161"), "symbolic link");
    refuses(unixFs("0805"), "sharded directory");
    refuses(unixFs("087f"), "type 127");
    refuses(unixFs(""), "not a file");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("0a02080212")), "not dag-pb");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("1a00")), "field 3");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("0a0208020a020802")), "data twice");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("1200")), "link to nothing");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("12050a03015512")), "broken link");
    refuses(keep(Codec.DAG_PB, HexFormat.of().parseHex("0affffffff07")), "not dag-pb");
  }

  @Test
  void stopsAtItsLimits() {
    ContentId deep = raw(1);
    for (int level = 0; level < 40; level++) {
      deep = node(List.of(deep), List.of(1L));
    }
    ContentId root = deep;
    assertThatThrownBy(() -> read(root, Limits.ofLength(1)))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("deeper");

    ContentId crowd = node(Collections.nCopies(100, raw(1)), Collections.nCopies(100, 1L));
    assertThatThrownBy(() -> read(crowd, new Limits(100, 1, 50)))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("50 blocks");
  }

  @Test
  void refusesALongFileAtItsRoot() {
    ContentId root = node(List.of(raw(1, 2, 3), raw(4)), List.of(3L, 1L));
    assertThatThrownBy(() -> read(root, Limits.ofLength(3)))
        .isInstanceOf(StoreException.LimitExceeded.class);
    assertThat(blocks.asked()).isEqualTo(1);
  }

  /** A tree of a kilobyte that unfolds to more bytes than there are. */
  @Test
  void refusesATreeThatMultipliesItself() {
    ContentId bomb = raw(1);
    long length = 1;
    for (int level = 0; level < 12; level++) {
      bomb = node(Collections.nCopies(32, bomb), Collections.nCopies(32, length));
      length *= 32;
    }
    ContentId root = bomb;
    assertThatThrownBy(() -> read(root, Limits.ofLength(1 << 20)))
        .isInstanceOf(StoreException.LimitExceeded.class);
  }

  @Test
  void survivesAnyNode() {
    long seed = 11;
    Random random = new Random(seed);
    ContentId leaf = raw(1, 2, 3);
    byte[] good = blocks.get(node(List.of(leaf, leaf, leaf), List.of(3L, 3L, 3L))).toByteArray();
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 50_000; round++) {
            byte[] bytes = mutated(good, random);
            ContentId root = keep(Codec.DAG_PB, bytes);
            try {
              assertThat(read(root, Limits.ofLength(1 << 16)).length).isLessThanOrEqualTo(1 << 16);
            } catch (StoreException e) {
              assertThat(e.getMessage()).as("seed %d, round %d", seed, round).isNotEmpty();
            }
          }
        });
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private void refuses(ContentId root, String why) {
    assertThatThrownBy(() -> read(root, Limits.ofLength(1 << 20)))
        .isInstanceOf(StoreException.InvalidFile.class)
        .hasMessageContaining(why);
  }

  private byte[] read(ContentId root, Limits limits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long length =
        new UnixFsReader(blocks, limits)
            .read(
                root,
                piece -> {
                  while (piece.hasRemaining()) {
                    bytes.write(piece.get());
                  }
                });
    assertThat(length).isEqualTo(bytes.size());
    return bytes.toByteArray();
  }

  private ContentId raw(int... content) {
    byte[] bytes = new byte[content.length];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) content[index];
    }
    return keep(Codec.RAW, bytes);
  }

  private ContentId node(List<ContentId> children, List<Long> lengths) {
    // Written by hand where the lengths add up to nothing that can be.
    StringBuilder sizes = new StringBuilder("0802");
    for (long length : lengths) {
      sizes.append("20").append(varint(length));
    }
    DagNode node =
        new DagNode(
            children.stream().map(child -> new DagNode.Link(child, 1)).toList(),
            ByteString.copyFrom(HexFormat.of().parseHex(sizes)));
    return keep(Codec.DAG_PB, node.toByteArray());
  }

  private static String varint(long value) {
    StringBuilder hex = new StringBuilder();
    long rest = value;
    while (rest > 0x7f) {
      hex.append(HexFormat.of().toHexDigits((byte) (rest | 0x80)));
      rest >>>= 7;
    }
    return hex.append(HexFormat.of().toHexDigits((byte) rest)).toString();
  }

  private ContentId unixFs(String hex) {
    DagNode node = new DagNode(List.of(), ByteString.copyFrom(HexFormat.of().parseHex(hex)));
    return keep(Codec.DAG_PB, node.toByteArray());
  }

  private ContentId keep(Codec codec, byte[] bytes) {
    Block block = Block.of(codec, bytes);
    blocks.put(block);
    return block.id();
  }

  /** The vectors state bytes only; whether they are a leaf or a node is in who links to them. */
  private void keepAsAnything(byte[] bytes) {
    keep(Codec.RAW, bytes);
    keep(Codec.DAG_PB, bytes);
  }

  static Stream<JsonNode> trees() throws IOException {
    return UnixFsImporterTest.golden("trees.json", "trees");
  }
}
