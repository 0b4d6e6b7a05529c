package ai.opengradient.store.unixfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks that ask for blocks before they are needed. */
class FileWalkTest {
  private static final int AHEAD = 5;

  private final MemoryBlocks blocks = new MemoryBlocks();

  @ParameterizedTest
  @MethodSource("trees")
  void readsTreesOfEveryShape(JsonNode tree) {
    ContentId root = ContentId.parse(tree.get("cid").textValue());
    tree.get("blocks")
        .forEach(block -> {
          byte[] bytes = Base64.getDecoder().decode(block.textValue());
          keep(Codec.RAW, bytes);
          keep(Codec.DAG_PB, bytes);
        });
    int size = tree.get("size").intValue();
    byte[] content = SeededFiles.bytes(tree.get("seed").intValue(), size);
    for (int ahead : new int[] {1, AHEAD, 100}) {
      assertThat(read(root, size, ahead)).isEqualTo(content);
    }
  }

  @Test
  void holdsNoMoreBlocksThanItMay() throws IOException {
    byte[] content = SeededFiles.bytes(3, 14 << 20);
    ContentId root = new UnixFsImporter(blocks).add(new ByteArrayInputStream(content)).root();
    AtomicInteger asked = new AtomicInteger();
    BlockSource counting =
        new BlockSource() {
          @Override
          public Block get(ContentId id) {
            asked.incrementAndGet();
            return blocks.get(id);
          }

          @Override
          public String name() {
            return "counting";
          }
        };
    int[] read = {1};
    new UnixFsReader(counting, Limits.ofLength(content.length), AHEAD)
        .read(
            root,
            piece -> {
              read[0]++;
              assertThat(asked.get()).isLessThanOrEqualTo(read[0] + AHEAD);
            });
    assertThat(asked).hasValue(15);
  }

  @Test
  void failsAsReadingOneByOneDoes() {
    ContentId nobodys = ContentId.of(Codec.RAW, new byte[] {42});
    refuses(node(List.of(raw(1), nobodys, raw(2)), 1), StoreException.MissingBlock.class);
    refuses(node(List.of(raw(1), raw(2, 3), raw(2)), 1), StoreException.InvalidFile.class);
    refuses(node(List.of(raw(1), raw()), 0), StoreException.InvalidFile.class);
  }

  @Test
  void refusesANodeThatIsTooWide() {
    ContentId leaf = raw(1);
    Limits limits = new Limits(1 << 20, 32, 10_000);
    ContentId wide = node(Collections.nCopies(8_192, leaf), 1);
    assertThat(new UnixFsReader(blocks, limits).read(wide, piece -> {})).isEqualTo(8_192);
    ContentId wider = node(Collections.nCopies(8_193, leaf), 1);
    assertThatThrownBy(() -> new UnixFsReader(blocks, limits).read(wider, piece -> {}))
        .isInstanceOf(StoreException.LimitExceeded.class)
        .hasMessageContaining("8193 links");
  }

  @Test
  void refusesIdsThatLieAboutWhatTheyHold() {
    ContentId two = ContentId.fromBytes(new byte[] {1, 0x55, 0, 2, 7, 8});
    assertThat(read(node(List.of(two, two), 2), 4, AHEAD)).containsExactly(7, 8, 7, 8);
    refuses(node(List.of(two), 3), StoreException.InvalidFile.class);
    ContentId noNode = ContentId.fromBytes(new byte[] {1, 0x70, 0, 2, 7, 8});
    refuses(node(List.of(noNode), 2), StoreException.InvalidFile.class);
  }

  /** Each node is only a link to the one before, so nothing grows but the depth. */
  @Test
  void refusesAChainOfNodesInsideTheirIds() {
    ContentId chain = raw(1);
    for (int level = 0; level < 40; level++) {
      chain = node(List.of(chain), 1);
    }
    refuses(chain, StoreException.LimitExceeded.class);
  }

  /** Nodes of some hundred bytes whose sizes add up on every level but the last. */
  @Test
  void refusesABombWithLyingSizes() {
    ContentId bomb = node(Collections.nCopies(4, raw(1)), 1);
    for (long length = 8; length <= 1 << 16; length *= 4) {
      bomb = node(Collections.nCopies(4, bomb), length);
    }
    int asked = blocks.asked();
    refuses(bomb, StoreException.InvalidFile.class);
    assertThat(blocks.asked() - asked).isLessThan(100);
  }

  private void refuses(ContentId root, Class<? extends StoreException> reason) {
    for (int ahead : new int[] {0, AHEAD}) {
      assertThatThrownBy(() -> read(root, 1 << 20, ahead)).isInstanceOf(reason);
    }
  }

  private byte[] read(ContentId root, int limit, int ahead) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new UnixFsReader(blocks, Limits.ofLength(limit), ahead)
        .read(root, piece -> bytes.writeBytes(bytesOf(piece)));
    return bytes.toByteArray();
  }

  private static byte[] bytesOf(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return bytes;
  }

  private ContentId raw(int... content) {
    byte[] bytes = new byte[content.length];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) content[index];
    }
    return keep(Codec.RAW, bytes);
  }

  private ContentId node(List<ContentId> children, long lengthOfEach) {
    FileNode file =
        new FileNode(ByteString.EMPTY, Collections.nCopies(children.size(), lengthOfEach));
    DagNode node =
        new DagNode(
            children.stream().map(child -> new DagNode.Link(child, 1)).toList(), file.toBytes());
    return keep(Codec.DAG_PB, node.toByteArray());
  }

  private ContentId keep(Codec codec, byte[] bytes) {
    Block block = Block.of(codec, bytes);
    blocks.put(block);
    return block.id();
  }

  static Stream<JsonNode> trees() throws IOException {
    return UnixFsImporterTest.golden("trees.json", "trees");
  }
}
