package ai.opengradient.store.kubo;

import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.DirectoryEntry;
import ai.opengradient.store.unixfs.DirectoryReader;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Lists a directory as Kubo does; a file has no links. */
final class ListCommand {
  private static final int DIRECTORY = 1;
  private static final int FILE = 2;

  private final DirectoryReader directories;
  private final UnixFsReader files;

  ListCommand(BlockSource source) {
    directories = new DirectoryReader(source);
    files = new UnixFsReader(source, Limits.ofLength(Long.MAX_VALUE));
  }

  JsonObject run(ContentPath path) {
    ContentId id = directories.resolve(path);
    boolean directory = directories.isDirectory(id);
    JsonArray links = new JsonArray();
    if (directory) {
      directories.list(id).forEach(entry -> links.add(link(entry)));
    }
    JsonObject listed = described(path.toString(), id, directory).put("Links", links);
    return new JsonObject().put("Objects", new JsonArray().add(listed));
  }

  private JsonObject link(DirectoryEntry entry) {
    JsonObject described =
        described(entry.id().toString(), entry.id(), directories.isDirectory(entry.id()));
    return described.put("Name", entry.name());
  }

  private JsonObject described(String hash, ContentId id, boolean directory) {
    return new JsonObject()
        .put("Hash", hash)
        .put("Size", directory ? 0 : files.length(id))
        .put("Type", directory ? DIRECTORY : FILE)
        .put("Target", "");
  }
}
