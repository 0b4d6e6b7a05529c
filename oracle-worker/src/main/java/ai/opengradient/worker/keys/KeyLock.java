package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps an account's key to one process: who has the lock is the account's only sender. The
 * operating system frees it when the process ends, however it ends; the file stays and means
 * nothing by itself.
 */
public final class KeyLock implements AutoCloseable {

  /**
   * The locks that this process has. Asked before the file is opened a second time, since closing
   * any handle of a file frees a process's lock on it (POSIX).
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private KeyLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of an account, in the directory of its key.
   *
   * @throws KeyException.KeyInUse naming the process that has it
   * @throws KeyException.UnusableFile if the lock's file can't be written
   */
  public static KeyLock acquire(Path directory, Address address) {
    Path file;
    try {
      file = directory.toRealPath().resolve(address.hex() + ".lock");
    } catch (IOException noDirectory) {
      throw new KeyException.UnusableFile(directory, "there is no such directory", noDirectory);
    }
    if (!HELD.add(file)) {
      throw new KeyException.KeyInUse(address, file, "this very process");
    }
    boolean acquired = false;
    try {
      KeyLock lock = new KeyLock(file, lock(file, address));
      acquired = true;
      return lock;
    } catch (IOException unusable) {
      throw new KeyException.UnusableFile(
          file, "it can't be locked: " + unusable.getMessage(), unusable);
    } finally {
      if (!acquired) {
        HELD.remove(file);
      }
    }
  }

  private static FileChannel lock(Path file, Address address) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      String holder = Files.readString(file).strip();
      throw new KeyException.KeyInUse(
          address, file, holder.isEmpty() ? "another process" : "process " + holder);
    }
    channel.truncate(0);
    channel.write(
        StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
    return channel;
  }

  /** Lets the key go. */
  @Override
  public void close() {
    if (channel.isOpen()) {
      try {
        channel.close();
      } catch (IOException alreadyGone) {
        // The operating system frees the lock with the process at the latest.
      }
      HELD.remove(file);
    }
  }
}
