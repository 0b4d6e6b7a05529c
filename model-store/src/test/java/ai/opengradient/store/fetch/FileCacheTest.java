package ai.opengradient.store.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.store.MemoryBlocks;
import ai.opengradient.store.SeededFiles;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.FileReference;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  private static final int LENGTH = 100;

  @TempDir private Path folder;
  private final MemoryBlocks blocks = new MemoryBlocks();
  private final TickingClock clock = new TickingClock();
  private int seed;

  @Test
  void takesOutWhatWasUsedLeastLately() throws IOException {
    VerifiedFetch fetch = limitedTo(3 * LENGTH);
    FileReference first = publish();
    FileReference second = publish();
    FileReference third = publish();
    Path one = fetch.fetch(first, Progress.NONE);
    Path two = fetch.fetch(second, Progress.NONE);
    Path three = fetch.fetch(third, Progress.NONE);
    fetch.fetch(first, Progress.NONE);

    Path four = fetch.fetch(publish(), Progress.NONE);
    assertThat(two).doesNotExist();
    assertThat(List.of(one, three, four)).allMatch(Files::exists);
    assertThat(fetch.fetch(second, Progress.NONE)).hasSize(LENGTH);
    assertThat(three).doesNotExist();
  }

  @Test
  void keepsWhatIsPinnedAndSaysThatItIsFull() throws IOException {
    VerifiedFetch fetch = limitedTo(2 * LENGTH);
    FileReference first = publish();
    FileReference second = publish();
    fetch.pin(first);
    fetch.pin(second);
    Path one = fetch.fetch(first, Progress.NONE);
    Path two = fetch.fetch(second, Progress.NONE);
    assertThatThrownBy(() -> fetch.fetch(publish(), Progress.NONE))
        .isInstanceOf(StoreException.StorageFull.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("raise store.cache");
    assertThat(List.of(one, two)).allMatch(Files::exists);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrder(one, two);
    }
  }

  @Test
  void refusesAFileThatIsLongerThanAllItMayTake() throws IOException {
    Path old = Files.write(folder.resolve("old"), new byte[LENGTH / 2]);
    FileReference file = publish();
    assertThatThrownBy(() -> limitedTo(LENGTH - 1).fetch(file, Progress.NONE))
        .isInstanceOf(StoreException.StorageFull.class);
    assertThat(blocks.asked()).isZero();
    assertThat(old).exists();
  }

  @Test
  void takesOutWhatIsInTheWayOnAFullDisk() throws IOException {
    Path old = Files.write(folder.resolve("old"), new byte[LENGTH]);
    FileCache cache =
        new FileCache(folder, Long.MAX_VALUE, clock, () -> Files.exists(old) ? 10 : 10 + LENGTH);
    assertThatThrownBy(() -> cache.makeRoom(LENGTH + 11, "a long file"))
        .isInstanceOf(StoreException.StorageFull.class)
        .hasMessageContaining("a long file")
        .hasMessageContaining("on a disk with 10 bytes left");
    assertThat(old).exists();
    cache.makeRoom(LENGTH + 10, "a file");
    assertThat(old).doesNotExist();
  }

  @Test
  void takesOutWhatWasLeftUnfinishedButNotWhatIsBeingWritten() throws IOException {
    FileCache cache = new FileCache(folder, LENGTH, clock, () -> Long.MAX_VALUE);
    Path left;
    try (UnfinishedFile file = UnfinishedFile.open(folder, "left")) {
      file.accept(ByteBuffer.wrap(new byte[LENGTH]));
      left = unfinished();
    }
    cache.makeRoom(LENGTH, "a file");
    assertThat(left).doesNotExist();

    try (UnfinishedFile file = UnfinishedFile.open(folder, "written")) {
      file.accept(ByteBuffer.wrap(new byte[LENGTH]));
      assertThatThrownBy(() -> cache.makeRoom(LENGTH, "a file"))
          .isInstanceOf(StoreException.StorageFull.class);
      assertThat(unfinished()).exists();
    }
  }

  private Path unfinished() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(UnfinishedFile::isOne).findAny().orElseThrow();
    }
  }

  private VerifiedFetch limitedTo(long limit) {
    return new VerifiedFetch(List.of(blocks), folder, TestSettings.limitedTo(limit, clock));
  }

  private FileReference publish() throws IOException {
    seed++;
    ImportedFile imported = new UnixFsImporter(blocks).add(SeededFiles.stream(seed, LENGTH));
    return new FileReference(imported.root(), imported.sha256(), imported.length());
  }
}
