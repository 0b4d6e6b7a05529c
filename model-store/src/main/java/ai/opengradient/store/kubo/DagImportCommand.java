package ai.opengradient.store.kubo;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.car.CarImport;
import ai.opengradient.store.car.ImportedArchive;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes archives as {@code dag/import} does: a line of JSON for each root, and for the sums. */
final class DagImportCommand {
  private final BlockStore store;

  DagImportCommand(BlockStore store) {
    this.store = store;
  }

  String take(RoutingContext context) {
    MultiMap options = context.queryParams();
    boolean pinned = Arguments.wants(options, "pin-roots", true);
    long blocks = 0;
    long length = 0;
    StringBuilder lines = new StringBuilder();
    for (FileUpload upload : Arguments.uploads(context)) {
      ImportedArchive archive = taken(upload, pinned);
      blocks += archive.blocks();
      length += archive.length();
      archive
          .roots()
          .forEach(root ->
              lines.append(
                  new JsonObject()
                          .put(
                              "Root",
                              new JsonObject()
                                  .put("Cid", new JsonObject().put("/", root.toString()))
                                  .put("PinErrorMsg", ""))
                      + "\n"));
    }
    if (Arguments.wants(options, "stats", false)) {
      lines.append(
          new JsonObject()
                  .put(
                      "Stats",
                      new JsonObject().put("BlockCount", blocks).put("BlockBytesCount", length))
              + "\n");
    }
    return lines.toString();
  }

  private ImportedArchive taken(FileUpload upload, boolean pinned) {
    CarImport archives = new CarImport(store);
    try (InputStream content =
        new BufferedInputStream(Files.newInputStream(Path.of(upload.uploadedFileName())))) {
      return pinned ? archives.add(content, "the archive") : archives.write(content, "the archive");
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the upload can't be read: " + e, e);
    }
  }
}
