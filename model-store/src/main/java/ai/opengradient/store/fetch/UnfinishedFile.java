package ai.opengradient.store.fetch;

import ai.opengradient.store.StorageTrouble;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.FileSink;
import ai.opengradient.store.unixfs.KeptLeaves;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written under a name of its own, which nobody else writes: a lock says so,
 * and ends with the process. What a process that was killed left is taken up again, each leaf after
 * it was verified.
 */
final class UnfinishedFile implements FileSink, KeptLeaves, AutoCloseable {
  private static final String PREFIX = "unfinished-";

  /**
   * The files that this process writes. To open one a second time and close it would end the lock
   * on some systems.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;
  private final long found;
  private final Set<Long> present = new HashSet<>();
  private long position;
  private long resumed;
  private boolean gone;

  private UnfinishedFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    found = channel.size();
  }

  /**
   * Takes up what was left of the file, or begins it.
   *
   * @param folder where the whole file will be, so that it only has to be renamed
   * @param name what is to be written; the same name means the same bytes
   * @throws IOException if the folder can't be written
   */
  static UnfinishedFile open(Path folder, String name) throws IOException {
    String prefix = PREFIX + name + "-";
    for (Path left : leftovers(folder, prefix)) {
      UnfinishedFile file = take(left);
      if (file != null) {
        return file;
      }
    }
    while (true) {
      // Somebody else may take up the file before it is locked here.
      UnfinishedFile file = take(Files.createTempFile(folder, prefix, ""));
      if (file != null) {
        return file;
      }
    }
  }

  /** Whether the file is one of these and nobody writes it; if so it is deleted. */
  static boolean deleteIfLeft(Path path) throws IOException {
    UnfinishedFile file = take(path);
    if (file == null) {
      return false;
    }
    file.discard();
    file.close();
    return true;
  }

  /** Whether the name is one that such files have. */
  static boolean isOne(Path path) {
    return path.getFileName().toString().startsWith(PREFIX);
  }

  private static List<Path> leftovers(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** Null if somebody writes it, or it is no longer there. */
  private static @Nullable UnfinishedFile take(Path path) throws IOException {
    Path own = path.toAbsolutePath().normalize();
    if (!OWN.add(own)) {
      return null;
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(own, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        // Whoever had the lock may have renamed the file meanwhile.
        taken = lock != null && Files.exists(own);
        return taken ? new UnfinishedFile(own, channel) : null;
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (!taken) {
        OWN.remove(own);
      }
    }
  }

  /** Bytes that were found, verified or not. */
  long found() {
    return found;
  }

  /** Bytes that were found and are the file's. */
  long resumed() {
    return resumed;
  }

  /** Bytes that are on disk and verified, from the first one on. */
  long length() {
    return position;
  }

  /** Says before anything is written that it won't fit. */
  @Override
  public void begin(long length) {
    try {
      long free = Files.getFileStore(path).getUsableSpace();
      if (length - found > free) {
        throw new StoreException.StorageFull(
            path
                + " will have "
                + length
                + " bytes, but its disk has "
                + free
                + " bytes left; free space, or write it elsewhere");
      }
    } catch (IOException e) {
      throw failed("can't be written", e);
    }
  }

  @Override
  public Optional<Block> find(ContentId leaf, long offset, long length) {
    if (length > Block.MAXIMUM_LENGTH || offset + length > found) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      throw failed("can't be read", e);
    }
    if (!leaf.matches(bytes.array())) {
      return Optional.empty();
    }
    present.add(offset);
    return Optional.of(Block.verify(leaf, bytes.array(), path.toString()));
  }

  @Override
  public void accept(ByteBuffer piece) {
    int length = piece.remaining();
    if (present.remove(position)) {
      position += length;
      resumed += length;
      return;
    }
    try {
      while (piece.hasRemaining()) {
        position += channel.write(piece, position);
      }
    } catch (IOException e) {
      throw failed("can't be written", e);
    }
  }

  /**
   * Gives the file its name, whole and on the disk.
   *
   * @param replaces whether a file that is there gives way; it has the same bytes then
   */
  void finish(Path target, boolean replaces) throws IOException {
    channel.truncate(position);
    channel.force(true);
    if (replaces) {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      Files.move(path, target);
    }
    gone = true;
  }

  /** Leaves nothing of it. */
  void discard() throws IOException {
    Files.deleteIfExists(path);
    gone = true;
  }

  /** Keeps what there is for another try. */
  @Override
  public void close() throws IOException {
    try {
      if (!gone && channel.size() == 0) {
        discard();
      }
    } finally {
      channel.close();
      OWN.remove(path);
    }
  }

  private StoreException failed(String what, IOException cause) {
    return StorageTrouble.of(Objects.requireNonNull(path.getParent()), path + " " + what, cause);
  }
}
