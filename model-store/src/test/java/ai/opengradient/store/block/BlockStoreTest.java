package ai.opengradient.store.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockStoreTest {
  @TempDir private Path directory;
  private BlockStore store;

  @BeforeEach
  void open() {
    store = new BlockStore(directory);
  }

  @Test
  void givesBackWhatItKeeps() {
    Block one = block("one");
    Block two = Block.of(Codec.DAG_PB, new byte[] {1, 2, 3, 4, 5});
    store.put(one);
    store.put(two);
    store.put(two);

    BlockStore again = new BlockStore(directory);
    assertThat(again.get(one.id()).toByteArray()).isEqualTo(one.toByteArray());
    assertThat(again.get(two.id()).id()).isEqualTo(two.id());
    assertThat(again.contains(one.id())).isTrue();
    assertThat(again.ids()).containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(again.size()).isEqualTo(8);
  }

  @Test
  void knowsABlockUnderBothVersionsOfItsId() {
    Block block = Block.of(Codec.DAG_PB, new byte[] {9});
    byte[] binary = block.id().bytes();
    ContentId version0 = ContentId.fromBytes(Arrays.copyOfRange(binary, 2, binary.length));
    store.put(block);

    assertThat(store.get(version0).toByteArray()).containsExactly(9);
  }

  @Test
  void saysWhatIsMissing() {
    ContentId id = block("nobody put this").id();
    assertThat(store.contains(id)).isFalse();
    assertThatThrownBy(() -> store.get(id))
        .isInstanceOf(StoreException.MissingBlock.class)
        .hasMessageContaining(id.toString());
  }

  @Test
  void neverGivesADamagedBlockAndHealsIt() throws IOException {
    Block block = block("to be damaged");
    store.put(block);
    Path file = onlyFile();
    for (byte[] damaged :
        List.of(
            new byte[0],
            "to be".getBytes(StandardCharsets.UTF_8),
            new byte[Block.MAXIMUM_LENGTH + 7])) {
      Files.write(file, damaged);
      assertThatThrownBy(() -> store.get(block.id()))
          .isInstanceOfAny(StoreException.CorruptBlock.class, StoreException.OversizedBlock.class);
      store.put(block);
      assertThat(store.get(block.id()).toByteArray()).isEqualTo(block.toByteArray());
    }
  }

  @Test
  void leavesNothingUnfinishedBehind() throws IOException {
    for (int index = 0; index < 20; index++) {
      store.put(block("block " + index));
    }
    try (Stream<Path> files = Files.list(directory.resolve("unfinished"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void takesTheSameBlockFromManyThreads() throws InterruptedException {
    Block block = Block.of(Codec.RAW, new byte[1 << 20]);
    List<Thread> threads = new ArrayList<>();
    for (int index = 0; index < 8; index++) {
      threads.add(Thread.ofVirtual().start(() -> store.put(block)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(store.get(block.id()).length()).isEqualTo(1 << 20);
    assertThat(store.size()).isEqualTo(1 << 20);
  }

  @Test
  void refusesBlocksThatAreTooLong() {
    byte[] tooLong = new byte[Block.MAXIMUM_LENGTH + 1];
    assertThatThrownBy(() -> Block.of(Codec.RAW, tooLong))
        .isInstanceOf(StoreException.OversizedBlock.class);
    ContentId id = ContentId.of(Codec.RAW, tooLong);
    assertThatThrownBy(() -> Block.verify(id, tooLong, "a test"))
        .isInstanceOf(StoreException.OversizedBlock.class);
  }

  @Test
  void refusesBytesThatTheIdDoesNotName() {
    ContentId id = block("right").id();
    assertThatThrownBy(() -> Block.verify(id, new byte[] {1}, "a liar"))
        .isInstanceOf(StoreException.CorruptBlock.class)
        .hasMessageContaining("a liar")
        .hasMessageContaining(id.toString());
  }

  @Test
  void needsNoFileForABlockInsideItsId() {
    ContentId id = ContentId.fromBytes(new byte[] {1, 0x55, 0, 2, 7, 8});
    store.put(Block.inline(id));
    assertThat(store.contains(id)).isTrue();
    assertThat(store.get(id).toByteArray()).containsExactly(7, 8);
    assertThat(store.ids()).isEmpty();
  }

  @Test
  void keepsPins() {
    Block block = block("pinned");
    assertThatThrownBy(() -> store.pin(block.id())).isInstanceOf(StoreException.MissingBlock.class);
    store.put(block);
    store.pin(block.id());
    store.pin(block.id());

    assertThat(new BlockStore(directory).pins()).containsExactly(block.id());
    assertThat(store.unpin(block.id())).isTrue();
    assertThat(store.unpin(block.id())).isFalse();
    assertThat(store.pins()).isEmpty();
    assertThat(store.contains(block.id())).isTrue();
  }

  @Test
  void saysThatItsDirectoryCannotBe() throws IOException {
    Path file = Files.createFile(directory.resolve("a file"));
    assertThatThrownBy(() -> new BlockStore(file))
        .isInstanceOf(StoreException.StorageFailed.class)
        .hasMessageContaining("a file");
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("blocks"))) {
      return files.filter(Files::isRegularFile).findAny().orElseThrow();
    }
  }

  private static Block block(String text) {
    return Block.of(Codec.RAW, text.getBytes(StandardCharsets.UTF_8));
  }
}
