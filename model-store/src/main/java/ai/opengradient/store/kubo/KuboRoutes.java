package ai.opengradient.store.kubo;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.car.CarExport;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.BlockingHandler;
import ai.opengradient.store.http.StreamedAnswer;
import ai.opengradient.store.retention.GarbageCollection;
import ai.opengradient.store.unixfs.BlockWalk;
import ai.opengradient.store.unixfs.DirectoryReader;
import ai.opengradient.store.unixfs.Limits;
import ai.opengradient.store.unixfs.UnixFsReader;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.FileUpload;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Serves a store by the part of Kubo's RPC that clients need: add, cat, ls, block/get|put|stat,
 * dag/export|import, pin/add|ls|rm, repo/gc, id, version. POST only, as Kubo; a failed command is a
 * status 500 with Kubo's error object.
 *
 * <p>Source: Kubo's RPC reference (docs.ipfs.tech).
 */
public final class KuboRoutes {
  private static final int FORM_OVERHEAD = 64 << 10;
  private static final String JSON = "application/json";
  private static final String ARCHIVE = "application/vnd.ipld.car";

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
    router.post("/api/v0/dag/import").handler(uploadsOf(maximumUpload));
    router.post("/api/v0/block/put").handler(uploadsOf(Block.MAXIMUM_LENGTH));
    command(router, "add", this::add);
    command(router, "cat", this::cat);
    command(router, "ls", this::list);
    command(router, "dag/export", this::dagExport);
    command(router, "dag/import", this::dagImport);
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
    boolean quiet = Arguments.wants(context.queryParams(), "quiet", false);
    context.response().putHeader("Content-Type", JSON).end(quiet ? "" : lines.toString());
  }

  private void add(RoutingContext context) {
    lines(context, AddCommand.run(context, store));
  }

  private void cat(RoutingContext context) {
    UnixFsReader reader = new UnixFsReader(store, Limits.ofLength(Long.MAX_VALUE));
    ContentId root = new DirectoryReader(store).resolve(Arguments.path(context));
    long from = Arguments.number(context.queryParams(), "offset", 0);
    long length = Arguments.number(context.queryParams(), "length", Long.MAX_VALUE);
    stream(context, "text/plain", sink -> reader.read(root, new ByteRange(from, length, sink)));
  }

  private void list(RoutingContext context) {
    json(context, new ListCommand(store).run(Arguments.path(context)));
  }

  private void dagExport(RoutingContext context) {
    ContentId root = Arguments.id(context);
    stream(context, ARCHIVE, sink -> new CarExport(store).write(root, sink));
  }

  private void dagImport(RoutingContext context) {
    lines(context, new DagImportCommand(store).take(context));
  }

  private static void lines(RoutingContext context, String lines) {
    context.response().putHeader("Content-Type", JSON).end(lines);
  }

  private static void stream(
      RoutingContext context, String type, Consumer<Consumer<ByteBuffer>> content) {
    context.response().putHeader("Content-Type", type);
    StreamedAnswer.send(context, content);
  }

  private void blockGet(RoutingContext context) {
    Block block = store.get(Arguments.id(context));
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
    List<FileUpload> uploads = Arguments.uploads(context);
    if (uploads.size() != 1) {
      throw new CommandFailed(400, "one block at a time, not " + uploads.size());
    }
    Block block = Block.of(codec, content(uploads.getFirst()));
    store.put(block);
    if (Arguments.wants(options, "pin", false)) {
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
    Block block = store.get(Arguments.id(context));
    json(context, new JsonObject().put("Key", block.id().toString()).put("Size", block.length()));
  }

  private void pinAdd(RoutingContext context) {
    ContentId root = Arguments.id(context);
    // A pin promises the whole tree, so all of it must be here.
    new BlockWalk(store, _ -> {}).from(root);
    store.pin(root);
    json(context, new JsonObject().put("Pins", new JsonArray().add(root.toString())));
  }

  private void pinList(RoutingContext context) {
    List<ContentId> pins = store.pins();
    if (context.queryParams().contains("arg")) {
      ContentId asked = Arguments.id(context);
      requirePinned(pins, asked);
      pins = List.of(asked);
    }
    if (Arguments.wants(context.queryParams(), "stream", false)) {
      StringBuilder lines = new StringBuilder();
      for (ContentId pin : pins) {
        lines
            .append(new JsonObject().put("Cid", pin.toString()).put("Type", "recursive"))
            .append('\n');
      }
      lines(context, lines.toString());
      return;
    }
    JsonObject keys = new JsonObject();
    pins.forEach(pin -> keys.put(pin.toString(), new JsonObject().put("Type", "recursive")));
    json(context, new JsonObject().put("Keys", keys));
  }

  private void pinRemove(RoutingContext context) {
    ContentId root = Arguments.id(context);
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
          case StoreException.InvalidEntry invalid -> 400;
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
