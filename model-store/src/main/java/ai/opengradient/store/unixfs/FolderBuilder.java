package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Collects files by their paths and then writes the directories around them, the innermost first.
 */
public final class FolderBuilder {
  private static final int MAXIMUM_DEPTH = 64;

  private final DirectoryWriter writer;
  private final Folder top = new Folder();

  /**
   * @param sink where the directories' blocks go
   */
  public FolderBuilder(BlockSink sink) {
    writer = new DirectoryWriter(sink);
  }

  /**
   * Adds a file that was written, and the directories around it.
   *
   * @param path the directories' names and then the file's own
   * @throws StoreException.InvalidEntry if a name is none, or stands for two things
   */
  public void file(List<String> path, ImportedFile file) {
    String name = EntryName.checked(path.getLast());
    DirectoryEntry entry = new DirectoryEntry(name, file.root(), file.treeSize());
    folder(path.subList(0, path.size() - 1)).add(name, new Child.File(entry));
  }

  /**
   * Adds a directory, which may stay empty, and those around it.
   *
   * @throws StoreException.InvalidEntry if a name is none, or stands for two things
   */
  public void directory(List<String> path) {
    folder(path);
  }

  /**
   * Writes all directories.
   *
   * @param written told of each directory but the outermost with its path, children before parents
   * @return the one that holds all that was added
   */
  public ImportedDirectory write(BiConsumer<String, ImportedDirectory> written) {
    return writer.write(writeEntries(written));
  }

  /**
   * Writes all directories but the one that would hold all that was added.
   *
   * @param written told of each with its path, children before parents
   * @return what that one would hold
   */
  public List<DirectoryEntry> writeEntries(BiConsumer<String, ImportedDirectory> written) {
    return writeEntries(top, "", written);
  }

  private List<DirectoryEntry> writeEntries(
      Folder folder, String path, BiConsumer<String, ImportedDirectory> written) {
    List<DirectoryEntry> entries = new ArrayList<>();
    folder.children.forEach((name, child) -> {
      switch (child) {
        case Child.File file -> entries.add(file.entry());
        case Child.Directory directory -> {
          String childPath = path.isEmpty() ? name : path + "/" + name;
          ImportedDirectory below =
              writer.write(writeEntries(directory.folder(), childPath, written));
          written.accept(childPath, below);
          entries.add(new DirectoryEntry(name, below.root(), below.treeSize()));
        }
      }
    });
    return entries;
  }

  private Folder folder(List<String> path) {
    if (path.size() > MAXIMUM_DEPTH) {
      throw new StoreException.LimitExceeded(
          "directories are nested deeper than " + MAXIMUM_DEPTH + " levels at " + path.getFirst());
    }
    Folder folder = top;
    for (String name : path) {
      folder = folder.folder(EntryName.checked(name));
    }
    return folder;
  }

  private sealed interface Child {
    record File(DirectoryEntry entry) implements Child {}

    record Directory(Folder folder) implements Child {}
  }

  private static final class Folder {
    private final Map<String, Child> children = new TreeMap<>();

    void add(String name, Child.File file) {
      if (children.putIfAbsent(name, file) != null) {
        throw twice(name);
      }
    }

    Folder folder(String name) {
      Child child = children.computeIfAbsent(name, _ -> new Child.Directory(new Folder()));
      if (child instanceof Child.Directory directory) {
        return directory.folder();
      }
      throw twice(name);
    }

    private static StoreException.InvalidEntry twice(String name) {
      return new StoreException.InvalidEntry(
          "the directory has two entries called '" + name + "'; rename one");
    }
  }
}
