package ai.opengradient.store.server;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.block.Retention;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.gateway.GatewayRoutes;
import ai.opengradient.store.http.LoopbackOnly;
import ai.opengradient.store.kubo.KuboRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A block store on disk that serves a trustless gateway and the Kubo RPC on loopback, each on a
 * port of its own. Starting and closing block the calling thread, which must not be an event loop.
 */
public final class StoreServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int IDLE_SECONDS = 120;

  private final BlockStore store;
  private final HttpServer gateway;
  private final HttpServer rpc;

  private StoreServer(BlockStore store, HttpServer gateway, HttpServer rpc) {
    this.store = store;
    this.gateway = gateway;
    this.rpc = rpc;
  }

  /**
   * What may be chosen.
   *
   * @param gatewayPort 0 for any free one
   * @param rpcPort 0 for any free one
   * @param maximumUpload the longest file that {@code add} takes, bytes
   */
  public record Options(int gatewayPort, int rpcPort, long maximumUpload) {
    /** Free ports, files as long as the disk takes. */
    public static final Options USUAL = new Options(0, 0, Long.MAX_VALUE >> 1);
  }

  /**
   * Opens the store and listens.
   *
   * @param directory the store's, created if it is not there
   * @throws StoreException.StorageFailed if the directory can't be written
   * @throws StoreException.SourceUnavailable if a port is taken
   */
  public static StoreServer start(Vertx vertx, Path directory, Options options) {
    return start(vertx, directory, Retention.UNLIMITED, options);
  }

  /** The same for a store that does not keep everything. */
  public static StoreServer start(
      Vertx vertx, Path directory, Retention retention, Options options) {
    BlockStore store = new BlockStore(directory, retention);
    Path uploads = directory.resolve("uploads");
    try {
      Files.createDirectories(uploads);
    } catch (IOException e) {
      throw new StoreException.StorageFailed("can't create " + uploads + ": " + e, e);
    }
    Router gatewayRouter = router(vertx);
    new GatewayRoutes(store).mount(gatewayRouter);
    Router rpcRouter = router(vertx);
    new KuboRoutes(store, peerId(directory), uploads, options.maximumUpload()).mount(rpcRouter);
    HttpServer gateway = listen(vertx, gatewayRouter, options.gatewayPort());
    try {
      return new StoreServer(store, gateway, listen(vertx, rpcRouter, options.rpcPort()));
    } catch (StoreException e) {
      gateway.close().await();
      throw e;
    }
  }

  /** The store that is served. */
  public BlockStore store() {
    return store;
  }

  /** Where the gateway listens. */
  public URI gateway() {
    return address(gateway);
  }

  /** Where the Kubo RPC listens. */
  public URI rpc() {
    return address(rpc);
  }

  @Override
  public void close() {
    rpc.close().await();
    gateway.close().await();
  }

  private static Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(new LoopbackOnly());
    return router;
  }

  private static HttpServer listen(Vertx vertx, Router router, int port) {
    try {
      return vertx
          .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
          .requestHandler(router)
          .listen(port, LOOPBACK)
          .await();
    } catch (Exception e) {
      throw new StoreException.SourceUnavailable(
          "can't listen on "
              + LOOPBACK
              + ":"
              + port
              + ": "
              + e.getMessage()
              + "; choose another port",
          e);
    }
  }

  private static URI address(HttpServer server) {
    return URI.create("http://" + LOOPBACK + ":" + server.actualPort());
  }

  /** Clients expect something that looks like a peer's id; ours names the directory, and no key. */
  private static String peerId(Path directory) {
    byte[] name = directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    byte[] binary = ContentId.of(Codec.RAW, name).bytes();
    // A peer's id is a bare multihash, which is what an id of version 0 is.
    return ContentId.fromBytes(Arrays.copyOfRange(binary, 2, binary.length)).toString();
  }
}
