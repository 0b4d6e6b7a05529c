package ai.opengradient.worker.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;

/** Copies of a journal: whole files that need nothing beside them. */
final class JournalCopy {

  private static final String UNFINISHED = ".part";

  private JournalCopy() {}

  /** Copies a journal that is in use. What has the copy's name is a whole one. */
  static void write(SqliteDatabase database, Path file) {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      if (Files.exists(file)) {
        throw new JournalException.Exists(file);
      }
      Files.deleteIfExists(unfinished);
      createPrivate(unfinished);
      database.outside(
          handle -> handle.execute("VACUUM INTO ?", unfinished.toAbsolutePath().toString()));
      settle(unfinished, file);
    } catch (IOException | JdbiException failure) {
      throw new JournalException.NoCopy(
          file, "the copy can't be written (" + failure.getMessage() + ")", failure);
    }
  }

  /** Brings a copy to where a journal is used. */
  static Identity restore(Path backup, Path file) {
    if (Files.exists(file)) {
      throw new JournalException.Exists(file);
    }
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      Files.deleteIfExists(unfinished);
      createPrivate(unfinished);
      Files.copy(backup, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Identity identity = prepare(backup, unfinished);
      settle(unfinished, file);
      return identity;
    } catch (IOException failure) {
      throw new JournalException.NoCopy(
          backup, "the copy can't be brought to " + file + " (" + failure + ")", failure);
    }
  }

  /** Makes sure that the copy is whole, and notes in it that it is one. */
  private static Identity prepare(Path backup, Path unfinished) {
    try (SqliteDatabase database = SqliteDatabase.open(unfinished, CommitListener.NOBODY)) {
      String verdict =
          database.read(
              handle -> handle.createQuery("PRAGMA integrity_check").mapTo(String.class).first());
      Optional<Identity> identity = database.read(handle -> new IdentityTable(handle).find());
      if (!verdict.equals("ok") || identity.isEmpty()) {
        throw new JournalException.NoCopy(
            backup, "this is no whole copy of a journal; take another one");
      }
      database.write(
          Set.of("restored"),
          handle -> {
            new ReconciliationTable(handle).demand();
            return true;
          });
      // Otherwise the last commits would lie in a file beside it.
      database.outside(
          handle -> handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapToMap().list());
      return identity.get();
    } catch (JournalException.Unusable damaged) {
      throw new JournalException.NoCopy(
          backup, "this is no copy of a journal; take another one", damaged);
    }
  }

  private static void createPrivate(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void settle(Path unfinished, Path file) throws IOException {
    try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    // A link, unlike a move, takes no other file's place.
    try {
      Files.createLink(file, unfinished);
    } catch (FileAlreadyExistsException taken) {
      throw new JournalException.Exists(file);
    }
    Files.delete(unfinished);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }
}
