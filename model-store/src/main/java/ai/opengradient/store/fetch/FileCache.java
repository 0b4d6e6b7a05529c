package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The share of a disk that a folder may take. What was used least lately goes first; what is
 * pinned, or being written, does not go.
 */
final class FileCache {
  private final Path folder;
  private final long limit;
  private final InstantSource clock;
  private final LongSupplier free;
  private final Set<Path> pins = new HashSet<>();

  /**
   * @param limit bytes
   * @param free bytes that the disk has left
   */
  FileCache(Path folder, long limit, InstantSource clock, LongSupplier free) {
    this.folder = folder;
    this.limit = limit;
    this.clock = clock;
    this.free = free;
  }

  /** Never takes the file out, as long as this process runs. */
  synchronized void pin(Path file) {
    pins.add(file);
  }

  /** The file was used now. */
  void used(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  /**
   * Takes out what has to give way to a file.
   *
   * @param length the file's bytes
   * @param what the file, for the message
   * @throws StoreException.StorageFull if there is no room even so
   */
  synchronized void makeRoom(long length, String what) throws IOException {
    List<Entry> entries = entries();
    long taken = entries.stream().mapToLong(Entry::length).sum();
    List<Entry> movable =
        entries.stream()
            .filter(entry -> !pins.contains(entry.path()))
            .sorted(Comparator.comparing(Entry::used).thenComparing(Entry::path))
            .toList();
    long most = movable.stream().mapToLong(Entry::length).sum();
    if (length > limit - (taken - most) || length - most > free.getAsLong()) {
      throw full(length, what, taken - most);
    }
    for (Entry entry : movable) {
      if (fits(length, taken)) {
        return;
      }
      if (delete(entry.path())) {
        taken -= entry.length();
      }
    }
    if (!fits(length, taken)) {
      throw full(length, what, taken);
    }
  }

  private boolean fits(long length, long taken) {
    return length <= limit - taken && length <= free.getAsLong();
  }

  private StoreException.StorageFull full(long length, String what, long taken) {
    return new StoreException.StorageFull(
        what
            + " needs "
            + length
            + " bytes and finds no room in "
            + folder
            + ", which may take "
            + limit
            + " bytes, of which "
            + taken
            + " can't give way, on a disk with "
            + free.getAsLong()
            + " bytes left; free space or raise store.cache");
  }

  private static boolean delete(Path path) throws IOException {
    return UnfinishedFile.isOne(path)
        ? UnfinishedFile.deleteIfLeft(path)
        : Files.deleteIfExists(path);
  }

  private record Entry(Path path, long length, Instant used) {}

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        look(path).ifPresent(entries::add);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return entries;
  }

  /** Empty for what is no file, or was taken out meanwhile. */
  private static Optional<Entry> look(Path path) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new Entry(path, attributes.size(), attributes.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
