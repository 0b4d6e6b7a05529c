package ai.opengradient.store.kubo;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.BlockingHandler;
import ai.opengradient.store.retention.GarbageCollection;
import ai.opengradient.store.unixfs.ImportedFile;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsImporter;
import ai.opengradient.store.unixfs.UnixFsReader;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Serves a store by the part of Kubo's RPC that clients need: add, cat, block/get|put|stat,
 * pin/add|ls|rm, repo/gc, id, version. POST only, as Kubo; a failed command is a status 500 with
 * Kubo's error object.
 *
 * <p>Source: Kubo's RPC reference (docs.ipfs.tech).
 */
public final class KuboRoutes {
  private static final int FORM_OVERHEAD = 64 << 10;
  private static final String JSON = "application/json";

  private final BlockStore store;
  private final String peerId;
  private final Path uploads;
  private final long maximumUpload;
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  /**
   * @param peerId what {@code id} answers; no peer can be reached under it
   * @param uploads where files lie while they come in
   * @param maximumUpload the longest file that is taken, bytes
   */
  public KuboRoutes(BlockStore store, String peerId, Path uploads, long maximumUpload) {
    this.store = store;
    this.peerId = peerId;
    this.uploads = uploads;
    this.maximumUpload = maximumUpload;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router.route("/api/v0/*").failureHandler(KuboRoutes::fail);
    router.post("/api/v0/add").handler(uploadsOf(maximumUpload));
    router.post("/api/v0/block/put").handler(uploadsOf(Block.MAXIMUM_LENGTH));
    command(router, "add", this::add);
    command(router, "cat", this::cat);
    command(router, "block/get", this::blockGet);
    command(router, "block/put", this::blockPut);
    command(router, "block/stat", this::blockStat);
    command(router, "pin/add", this::pinAdd);
    command(router, "pin/ls", this::pinList);
    command(router, "pin/rm", this::pinRemove);
    command(router, "id", this::id);
    command(router, "version", this::version);
    router.post("/api/v0/repo/gc").handler(new BlockingHandler(this::collectGarbage));
  }

  private BodyHandler uploadsOf(long maximumLength) {
    return BodyHandler.create(uploads.toString())
        .setBodyLimit(maximumLength + FORM_OVERHEAD)
        .setMergeFormAttributes(false)
        .setDeleteUploadedFilesOnEnd(true);
  }

  private void command(Router router, String name, Consumer<RoutingContext> command) {
    router
        .post("/api/v0/" + name)
        .handler(
            new BlockingHandler(context -> {
              inUse.readLock().lock();
              try {
                command.accept(context);
              } finally {
                inUse.readLock().unlock();
              }
            }));
  }

  /** Takes out everything that is not pinned at once, as Kubo does. */
  private void collectGarbage(RoutingContext context) {
    // A file that is being added is pinned last, so its blocks would be taken for garbage.
    if (!inUse.writeLock().tryLock()) {
      throw new CommandFailed(
          500, "other commands are running; collect garbage when they are done");
    }
    StringBuilder lines = new StringBuilder();
    try {
      for (ContentId id : GarbageCollection.collect(store, Instant.MAX, Long.MAX_VALUE).removed()) {
        JsonObject key = new JsonObject().put("Key", new JsonObject().put("/", id.toString()));
        lines.append(key).append('\n');
      }
    } finally {
      inUse.writeLock().unlock();
    }
    boolean quiet = wants(context.queryParams(), "quiet", false);
    context.response().putHeader("Content-Type", JSON).end(quiet ? "" : lines.toString());
  }

  private void add(RoutingContext context) {
    AddOptions.check(context.queryParams());
    StringBuilder lines = new StringBuilder();
    for (FileUpload upload : uploads(context)) {
      String path = decodedPath(upload.fileName());
      if (upload.contentType().startsWith("application/x-directory") || path.contains("/")) {
        throw new CommandFailed(400, "directories are not supported; add the files one by one");
      }
      ImportedFile file = imported(upload, wants(context.queryParams(), "pin", true));
      String name = path.isEmpty() ? file.root().toString() : path;
      lines.append(
          new JsonObject()
              .put("Name", name)
              .put("Hash", file.root().toString())
              .put("Size", Long.toString(file.treeSize())));
      lines.append('\n');
    }
    context.response().putHeader("Content-Type", JSON).end(lines.toString());
  }

  /** Clients percent-encode the path below what they add. */
  private static String decodedPath(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(
          400, "the file's name '" + name + "' is not percent-encoded as it should be");
    }
  }

  private ImportedFile imported(FileUpload upload, boolean pinned) {
    UnixFsImporter importer = new UnixFsImporter(store);
    try (InputStream content = Files.newInputStream(Path.of(upload.uploadedFileName()))) {
      return pinned ? importer.add(content) : importer.write(content);
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the upload can't be read: " + e, e);
    }
  }

  private void cat(RoutingContext context) {
    UnixFsReader reader = new UnixFsReader(store, Limits.ofLength(Long.MAX_VALUE));
    ContentId root = argument(context);
    long from = number(context.queryParams(), "offset", 0);
    long length = number(context.queryParams(), "length", Long.MAX_VALUE);
    HttpServerResponse response = context.response();
    response.putHeader("Content-Type", "text/plain").setChunked(true);
    try {
      reader.read(
          root, new ByteRange(from, length, piece -> response.write(buffer(piece)).await()));
      response.end();
    } catch (StoreException e) {
      if (!response.headWritten()) {
        throw e;
      }
      // Half a file with a good ending would pass for the file.
      context.request().connection().close();
    }
  }

  private static Buffer buffer(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return Buffer.buffer(bytes);
  }

  private void blockGet(RoutingContext context) {
    Block block = store.get(argument(context));
    context
        .response()
        .putHeader("Content-Type", "application/octet-stream")
        .end(Buffer.buffer(block.toByteArray()));
  }

  private void blockPut(RoutingContext context) {
    MultiMap options = context.queryParams();
    String hash = options.get("mhtype");
    if (hash != null && !hash.equals("sha2-256")) {
      throw new CommandFailed(400, "hash " + hash + " is not supported; use sha2-256");
    }
    Codec codec = codec(options);
    List<FileUpload> uploads = uploads(context);
    if (uploads.size() != 1) {
      throw new CommandFailed(400, "one block at a time, not " + uploads.size());
    }
    Block block = Block.of(codec, content(uploads.getFirst()));
    store.put(block);
    if (wants(options, "pin", false)) {
      store.pin(block.id());
    }
    json(context, new JsonObject().put("Key", block.id().toString()).put("Size", block.length()));
  }

  private static byte[] content(FileUpload upload) {
    try {
      return Files.readAllBytes(Path.of(upload.uploadedFileName()));
    } catch (IOException e) {
      throw new StoreException.StorageFailed("the upload can't be read: " + e, e);
    }
  }

  private void blockStat(RoutingContext context) {
    Block block = store.get(argument(context));
    json(context, new JsonObject().put("Key", block.id().toString()).put("Size", block.length()));
  }

  private void pinAdd(RoutingContext context) {
    ContentId root = argument(context);
    // A pin promises the whole file, so all of it must be here.
    new UnixFsReader(store, Limits.ofLength(Long.MAX_VALUE)).read(root, piece -> {});
    store.pin(root);
    json(context, new JsonObject().put("Pins", new JsonArray().add(root.toString())));
  }

  private void pinList(RoutingContext context) {
    List<ContentId> pins = store.pins();
    if (context.queryParams().contains("arg")) {
      ContentId asked = argument(context);
      requirePinned(pins, asked);
      pins = List.of(asked);
    }
    if (wants(context.queryParams(), "stream", false)) {
      StringBuilder lines = new StringBuilder();
      for (ContentId pin : pins) {
        lines
            .append(new JsonObject().put("Cid", pin.toString()).put("Type", "recursive"))
            .append('\n');
      }
      context.response().putHeader("Content-Type", JSON).end(lines.toString());
      return;
    }
    JsonObject keys = new JsonObject();
    pins.forEach(pin -> keys.put(pin.toString(), new JsonObject().put("Type", "recursive")));
    json(context, new JsonObject().put("Keys", keys));
  }

  private void pinRemove(RoutingContext context) {
    ContentId root = argument(context);
    if (!store.unpin(root)) {
      throw new CommandFailed(500, root + " is not pinned");
    }
    json(context, new JsonObject().put("Pins", new JsonArray().add(root.toString())));
  }

  private static void requirePinned(List<ContentId> pins, ContentId root) {
    if (!pins.contains(root)) {
      throw new CommandFailed(500, root + " is not pinned");
    }
  }

  private void id(RoutingContext context) {
    json(
        context,
        new JsonObject()
            .put("ID", peerId)
            .put("PublicKey", "")
            .put("Addresses", new JsonArray())
            .put("AgentVersion", "opg-store")
            .put("Protocols", new JsonArray()));
  }

  private void version(RoutingContext context) {
    json(
        context,
        new JsonObject()
            .put("Version", "0.1.0-opg")
            .put("Commit", "")
            .put("Repo", "1")
            .put("System", System.getProperty("os.arch") + "/" + System.getProperty("os.name"))
            .put("Golang", ""));
  }

  private static Codec codec(MultiMap options) {
    // "format" is what clients sent before there was "cid-codec", and some still do.
    String codec = options.get(options.contains("cid-codec") ? "cid-codec" : "format");
    if (codec == null) {
      return Codec.RAW;
    }
    return codec.equals("protobuf") ? Codec.DAG_PB : Codec.fromLabel(codec);
  }

  private static List<FileUpload> uploads(RoutingContext context) {
    List<FileUpload> uploads = context.fileUploads();
    if (uploads.isEmpty()) {
      throw new CommandFailed(400, "the file is missing: send it as a part of a multipart form");
    }
    return uploads;
  }

  private static ContentId argument(RoutingContext context) {
    List<String> arguments = context.queryParams().getAll("arg");
    if (arguments.size() != 1) {
      throw new CommandFailed(400, "give one content id as arg, not " + arguments.size());
    }
    String argument = arguments.getFirst();
    return ContentId.parse(
        argument.startsWith("/ipfs/") ? argument.substring("/ipfs/".length()) : argument);
  }

  private static long number(MultiMap options, String name, long otherwise) {
    String value = options.get(name);
    try {
      long number = value == null ? otherwise : Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a negative number.
    }
    throw new CommandFailed(400, "the option " + name + " is a number of bytes, not " + value);
  }

  private static boolean wants(MultiMap options, String name, boolean otherwise) {
    String value = options.get(name);
    return value == null ? otherwise : value.equals("true") || value.isEmpty();
  }

  private static void json(RoutingContext context, JsonObject body) {
    context.response().putHeader("Content-Type", JSON).end(body.encode() + "\n");
  }

  private static void fail(RoutingContext context) {
    if (context.response().ended() || context.response().headWritten()) {
      context.request().connection().close();
      return;
    }
    Throwable failure = context.failure();
    int status =
        switch (failure) {
          case CommandFailed failed -> failed.status();
          case StoreException.InvalidContentId invalid -> 400;
          case StoreException.OversizedBlock oversized -> 413;
          case StoreException refused -> 500;
          case null, default -> context.statusCode() >= 400 ? context.statusCode() : 500;
        };
    String message =
        failure == null || failure.getMessage() == null
            ? (status == 413 ? "the upload is longer than this store takes" : "the command failed")
            : failure.getMessage();
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", JSON)
        .end(
            new JsonObject().put("Message", message).put("Code", 0).put("Type", "error").encode()
                + "\n");
  }
}
