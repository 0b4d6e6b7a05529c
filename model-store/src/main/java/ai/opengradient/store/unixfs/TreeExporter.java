package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file or a directory to disk. Nothing is written but below the target, where everything
 * is new: no name leads out of it, and there is no link to follow.
 */
public final class TreeExporter {
  private static final int MAXIMUM_DEPTH = 64;

  private final BlockSource source;
  private final DirectoryReader directories;
  private final Limits limits;

  /**
   * @param limits for all files together; {@link Limits#blocks} is also the most files and
   *     directories
   */
  public TreeExporter(BlockSource source, Limits limits) {
    this.source = source;
    this.limits = limits;
    directories = new DirectoryReader(source);
  }

  /**
   * What was written.
   *
   * @param entries files and directories, the outermost one included
   * @param length bytes of all files together
   */
  public record Exported(int entries, long length) {}

  /**
   * Writes what a root is.
   *
   * @param target must not be there; left unfinished if this fails
   * @throws IOException if the target can't be written
   * @throws StoreException if the blocks can't be had, or are not files and directories
   */
  public Exported export(ContentId root, Path target) throws IOException {
    Writing writing = new Writing();
    try {
      writing.entry(root, target, 0);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Exported(writing.entries, writing.length);
  }

  private final class Writing {
    private int entries;
    private long length;

    void entry(ContentId id, Path target, int depth) throws IOException {
      if (++entries > limits.blocks()) {
        throw new StoreException.LimitExceeded(
            "there are more than " + limits.blocks() + " files and directories");
      }
      if (directories.isDirectory(id)) {
        directory(id, target, depth);
      } else {
        file(id, target);
      }
    }

    private void directory(ContentId id, Path target, int depth) throws IOException {
      if (depth == MAXIMUM_DEPTH) {
        throw new StoreException.LimitExceeded(
            "directories are nested deeper than " + MAXIMUM_DEPTH + " levels at " + id);
      }
      Files.createDirectory(target);
      for (DirectoryEntry entry : directories.list(id)) {
        entry(entry.id(), resolved(target, entry.name()), depth + 1);
      }
    }

    private void file(ContentId id, Path target) throws IOException {
      Limits left = Limits.ofLength(limits.length() - length);
      try (FileChannel channel =
          FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        length += new UnixFsReader(source, left).read(id, UnixFsReader.appendingTo(channel));
      }
    }

    private static Path resolved(Path folder, String name) {
      try {
        return folder.resolve(name);
      } catch (InvalidPathException e) {
        throw new StoreException.InvalidEntry(
            "this machine's file system can't have the name '"
                + name
                + "': "
                + e.getMessage()
                + "; set LC_ALL=C.UTF-8");
      }
    }
  }
}
