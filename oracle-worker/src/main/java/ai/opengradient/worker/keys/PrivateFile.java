package ai.opengradient.worker.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner may read. */
final class PrivateFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFile() {}

  /**
   * Reads a file.
   *
   * @throws KeyException.KeystoreReadableByOthers if group or others have any right to it
   * @throws KeyException.UnusableFile if it isn't there or can't be read
   */
  static String read(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNERS.containsAll(permissions)) {
        throw new KeyException.KeystoreReadableByOthers(
            file, PosixFilePermissions.toString(permissions));
      }
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new KeyException.UnusableFile(
          file, "there is no such file; make a key with `opg worker init`", missing);
    } catch (IOException unreadable) {
      throw new KeyException.UnusableFile(
          file, "it can't be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /**
   * Writes a new file, and its name in its directory, through to the disk.
   *
   * @throws KeyException.UnusableFile if there is one of that name already, or it can't be written
   */
  static void create(Path file, String content) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent())) {
        directory.force(true);
      }
    } catch (FileAlreadyExistsException exists) {
      throw new KeyException.UnusableFile(
          file, "it exists already and is never written over; choose another name", exists);
    } catch (IOException unwritable) {
      throw new KeyException.UnusableFile(
          file, "it can't be written: " + unwritable.getMessage(), unwritable);
    }
  }
}
