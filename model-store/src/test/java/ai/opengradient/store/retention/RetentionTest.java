package ai.opengradient.store.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.BlockLinks;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.store.unixfs.UnixFsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final int LENGTH = 1000;

  @TempDir private Path directory;
  private Instant clock = NOW;

  @Test
  void collectsWhatNobodyNeedsAndNothingElse() throws IOException {
    BlockStore store = new BlockStore(directory);
    ContentId pinned = new UnixFsImporter(store).add(SeededFiles.stream(1, (2 << 20) + 1)).root();
    ContentId held = new UnixFsImporter(store).write(SeededFiles.stream(2, (1 << 20) + 1)).root();
    store.hold("job-7", held);
    ContentId loose = new UnixFsImporter(store).write(SeededFiles.stream(3, (1 << 20) + 1)).root();
    ageAll(NOW.minusSeconds(10));

    GarbageCollection.Collected collected = GarbageCollection.collect(store, NOW, Long.MAX_VALUE);
    assertThat(collected.removed()).contains(loose).hasSize(3);
    assertThat(collected.spared()).isZero();
    assertThat(length(store, pinned)).isEqualTo((2 << 20) + 1);
    assertThat(length(store, held)).isEqualTo((1 << 20) + 1);

    store.release("job-7");
    assertThat(store.holders()).isEmpty();
    assertThat(GarbageCollection.collect(store, NOW, Long.MAX_VALUE).removed()).hasSize(3);
    assertThat(GarbageCollection.collect(store, NOW, Long.MAX_VALUE).removed()).isEmpty();
    assertThat(length(store, pinned)).isEqualTo((2 << 20) + 1);
  }

  @Test
  void sparesWhatIsBeingAdded() throws IOException {
    BlockStore store = new BlockStore(directory);
    Block young = put(store, 1);
    setUsed(young, NOW);
    Block old = put(store, 2);
    setUsed(old, NOW.minusSeconds(1));
    GarbageCollection.Collected collected = GarbageCollection.collect(store, NOW, Long.MAX_VALUE);
    assertThat(collected.removed()).containsExactly(old.id());
    assertThat(collected.spared()).isEqualTo(1);
  }

  @Test
  void touchesNothingWhileAPinIsNotWhole() throws IOException {
    BlockStore store = new BlockStore(directory);
    ContentId root = new UnixFsImporter(store).add(SeededFiles.stream(1, (2 << 20) + 1)).root();
    put(store, 9);
    ageAll(NOW.minusSeconds(10));
    store.remove(root);
    assertThatThrownBy(() -> GarbageCollection.collect(store, NOW, Long.MAX_VALUE))
        .isInstanceOf(StoreException.MissingBlock.class);
    assertThat(store.ids()).hasSize(4);
  }

  @Test
  void aFullStoreGivesUpWhatWasUsedLeastLately() throws IOException {
    BlockStore store = limitedTo(3 * LENGTH);
    Block first = put(store, 1);
    Block second = put(store, 2);
    Block third = put(store, 3);
    ageAll(NOW);
    clock = NOW.plusSeconds(10);
    store.get(first.id());
    clock = NOW.plus(Duration.ofHours(2));

    put(store, 4);
    assertThat(store.contains(second.id()) && store.contains(third.id())).isFalse();
    assertThat(store.contains(first.id())).isTrue();
    assertThat(store.size()).isLessThanOrEqualTo(3 * LENGTH);
  }

  @Test
  void aStoreFullOfWhatIsNeededSaysSo() throws IOException {
    BlockStore store = limitedTo(2 * LENGTH);
    Block pinned = put(store, 1);
    store.pin(pinned.id());
    Block held = put(store, 2);
    store.hold("job-1", held.id());
    ageAll(NOW.minus(Duration.ofDays(1)));
    assertThatThrownBy(() -> put(store, 3))
        .isInstanceOf(StoreException.StorageFull.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("store.cache");
    assertThat(store.ids()).containsExactlyInAnyOrder(pinned.id(), held.id());
    try (Stream<Path> unfinished = Files.list(directory.resolve("unfinished"))) {
      assertThat(unfinished).isEmpty();
    }
    store.release("job-1");
    assertThat(put(store, 3).id()).isIn(store.ids());
  }

  @Test
  void holdsAreEachHoldersOwn() {
    BlockStore store = new BlockStore(directory);
    Block block = put(store, 1);
    assertThatThrownBy(() -> store.hold("job-1", ContentId.of(Codec.RAW, new byte[] {1})))
        .isInstanceOf(StoreException.MissingBlock.class);
    store.hold("job-1", block.id());
    store.hold("job-1", block.id());
    store.hold("job-2", block.id());
    assertThat(new BlockStore(directory).holders()).containsExactly("job-1", "job-2");
    store.release("job-1");
    store.release("nobody");
    assertThat(store.roots()).containsExactly(block.id());
    assertThat(store.pins()).isEmpty();
    assertThatThrownBy(() -> store.hold("../elsewhere", block.id()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BlockStore limitedTo(long limit) {
    return new BlockStore(directory, new StoreLimit(limit, () -> clock));
  }

  private static Block put(BlockStore store, int seed) {
    Block block = Block.of(Codec.RAW, SeededFiles.bytes(seed, LENGTH));
    store.put(block);
    assertThat(BlockLinks.of(block)).isEmpty();
    return block;
  }

  private static long length(BlockStore store, ContentId root) {
    return new UnixFsReader(store, Limits.ofLength(4 << 20)).read(root, piece -> {});
  }

  private void setUsed(Block block, Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("blocks"))) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().equals(block.id().toString()))
              .findAny()
              .orElseThrow();
      Files.setLastModifiedTime(file, FileTime.from(time));
    }
  }

  private void ageAll(Instant time) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("blocks"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(time));
      }
    }
  }
}
