package ai.opengradient.store.kubo;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.FolderBuilder;
import ai.opengradient.store.unixfs.ImportedDirectory;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.UnixFsImporter;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Adds files and directories. A part of the form is a file by its path, or an empty directory by
 * its type; the directories around files need no part of their own. The outermost things are
 * pinned.
 */
final class AddCommand {
  private static final String DIRECTORY = "application/x-directory";

  private final BlockStore store;
  private final boolean wrapped;
  private final FolderBuilder folders;
  private final StringBuilder lines = new StringBuilder();
  private final Set<ContentId> unnamed = new LinkedHashSet<>();

  private AddCommand(BlockStore store, boolean wrapped) {
    this.store = store;
    this.wrapped = wrapped;
    folders = new FolderBuilder(store);
  }

  /** A line of JSON for each file and directory, children before parents. */
  static String run(RoutingContext context, BlockStore store) {
    MultiMap options = context.queryParams();
    AddOptions.check(options);
    AddCommand command =
        new AddCommand(store, Arguments.wants(options, "wrap-with-directory", false));
    Arguments.uploads(context).forEach(command::add);
    Collection<ContentId> outermost = command.directories();
    if (Arguments.wants(options, "pin", true)) {
      outermost.forEach(store::pin);
    }
    return command.lines.toString();
  }

  private void add(FileUpload upload) {
    String path = Arguments.decodedPath(upload);
    if (upload.contentType().startsWith(DIRECTORY)) {
      folders.directory(names(path));
      return;
    }
    ImportedFile file = imported(upload);
    String name = path.isEmpty() ? file.root().toString() : path;
    if (path.isEmpty() && !wrapped) {
      unnamed.add(file.root());
    } else {
      folders.file(names(name), file);
    }
    line(name, file.root(), file.treeSize());
  }

  /** Writes the directories and says what is outermost. */
  private Collection<ContentId> directories() {
    BiConsumer<String, ImportedDirectory> written =
        (path, directory) -> line(path, directory.root(), directory.treeSize());
    if (wrapped) {
      ImportedDirectory all = folders.write(written);
      line("", all.root(), all.treeSize());
      return List.of(all.root());
    }
    Set<ContentId> outermost = new LinkedHashSet<>(unnamed);
    folders.writeEntries(written).forEach(entry -> outermost.add(entry.id()));
    return outermost;
  }

  private static List<String> names(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  private ImportedFile imported(FileUpload upload) {
    try (InputStream content = Files.newInputStream(Path.of(upload.uploadedFileName()))) {
      return new UnixFsImporter(store).write(content);
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the upload can't be read: " + e, e);
    }
  }

  private void line(String name, ContentId root, long treeSize) {
    lines.append(
        new JsonObject()
            .put("Name", name)
            .put("Hash", root.toString())
            .put("Size", Long.toString(treeSize)));
    lines.append('\n');
  }
}
