package ai.opengradient.store.unixfs;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSink;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports a folder with all that is in it, hidden files too. A symbolic link or anything else that
 * is neither file nor folder is refused, so that nothing gets in that isn't in the folder itself.
 */
public final class FolderImporter {
  private final BlockSink sink;

  /**
   * @param sink where the blocks go, children before parents
   */
  public FolderImporter(BlockSink sink) {
    this.sink = sink;
  }

  /**
   * Imports a folder and pins its root.
   *
   * @throws StoreException.InvalidEntry if an entry can't be one of a directory
   * @throws StoreException.StorageFailed if a file can't be read
   */
  public ImportedDirectory add(Path folder) {
    FolderBuilder builder = new FolderBuilder(sink);
    try {
      Files.walkFileTree(folder, new Visitor(folder, builder));
    } catch (IOException e) {
      throw new StoreException.StorageFailed("can't read " + folder + ": " + e, e);
    }
    ImportedDirectory imported = builder.write((path, directory) -> {});
    sink.pin(imported.root());
    return imported;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final FolderBuilder builder;

    Visitor(Path folder, FolderBuilder builder) {
      this.folder = folder;
      this.builder = builder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (!directory.equals(folder)) {
        builder.directory(names(directory));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!attributes.isRegularFile()) {
        throw new StoreException.InvalidEntry(
            file + " is neither a file nor a folder; copy what it leads to, or leave it out");
      }
      try (var content = Files.newInputStream(file)) {
        builder.file(names(file), new UnixFsImporter(sink).write(content));
      }
      return FileVisitResult.CONTINUE;
    }

    private List<String> names(Path path) {
      List<String> names = new ArrayList<>();
      folder.relativize(path).forEach(name -> names.add(name.toString()));
      return names;
    }
  }
}
