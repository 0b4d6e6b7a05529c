package ai.opengradient.worker.keys;

import ai.opengradient.worker.chain.Address;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an account's key to one process: who has the lock is the account's only sender. The operating system frees it when
 * the process ends, however it ends; the file stays and means nothing by itself.
 */
public final class KeyLock implements AutoCloseable {


  private final FileChannel channel;

  private KeyLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of an account, in the directory of its key.
   *
   * @throws KeyException.KeyInUse naming the process that has it
   * @throws KeyException.UnusableFile if the lock's file can't be written
   */
  public static KeyLock acquire(Path directory, Address address) {
    Path file = directory.resolve(address.hex() + ".lock");
    FileChannel channel = open(file);
    try {
      if (tryLock(channel) == null) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new KeyException.KeyInUse(
            address, file, holder.isEmpty() ? "another process" : "process " + holder);
      }
      channel.truncate(0);
      channel.write(
          StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return new KeyLock(channel);
    } catch (IOException unusable) {
      throw new KeyException.UnusableFile(
          file, "it can't be locked: " + unusable.getMessage(), unusable);
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException unusable) {
      throw new KeyException.UnusableFile(
          file, "it can't be written: " + unusable.getMessage(), unusable);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      return null;
    }
  }

  /** Lets the key go. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // The operating system frees the lock with the process at the latest.
    }
  }
}
