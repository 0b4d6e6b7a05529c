package ai.opengradient.store.gateway;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.car.CarExport;
import ai.opengradient.store.http.BlockingHandler;
import ai.opengradient.store.http.StreamedAnswer;
import ai.opengradient.store.unixfs.ContentPath;
import ai.opengradient.store.unixfs.DirectoryReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Serves a store as a trustless gateway: {@code GET} and {@code HEAD /ipfs/{cid}} as a raw block,
 * {@code /ipfs/{cid}/{path}} as a CAR, by {@code ?format=raw|car} or the {@code Accept} header.
 *
 * <p>Source: the trustless gateway specification (specs.ipfs.tech).
 */
public final class GatewayRoutes {
  private static final String PREFIX = "/ipfs/";

  /** Parents first, each block once. */
  private static final String ARCHIVE_TYPE =
      GatewayClient.ARCHIVE + "; version=1; order=dfs; dups=n";

  private final BlockStore store;

  public GatewayRoutes(BlockStore store) {
    this.store = store;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router
        .route(PREFIX + "*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(new BlockingHandler(this::content));
  }

  private void content(RoutingContext context) {
    HttpServerResponse response = context.response();
    try {
      List<String> parts = parts(context);
      if (parts.equals(List.of(""))) {
        response.setStatusCode(404).end("a content id is missing: ask for /ipfs/{cid}\n");
        return;
      }
      switch (Format.of(context.request())) {
        case RAW -> block(context, ContentPath.of(parts));
        case ARCHIVE -> archive(context, ContentPath.of(parts));
        case OTHER ->
            response
                .setStatusCode(406)
                .end(
                    "this gateway gives raw blocks and archives: ask with ?format=raw or car, or Accept: "
                        + GatewayClient.RAW_BLOCK
                        + " or "
                        + GatewayClient.ARCHIVE
                        + "\n");
      }
    } catch (StoreException e) {
      fail(context, e);
    }
  }

  private static List<String> parts(RoutingContext context) {
    String path = path(context).substring(PREFIX.length());
    try {
      return Arrays.stream(path.split("/", -1))
          .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new StoreException.InvalidEntry(
          "'" + path + "' is not percent-encoded as it should be");
    }
  }

  private static String path(RoutingContext context) {
    return Objects.requireNonNull(context.request().path());
  }

  private void block(RoutingContext context, ContentPath path) {
    if (!path.names().isEmpty()) {
      throw new StoreException.InvalidEntry(
          "a raw block is asked for by its own id; ask for a path with ?format=car");
    }
    Block block = store.get(path.root());
    HttpServerResponse response = context.response();
    response.putHeader("Content-Disposition", "attachment; filename=\"" + block.id() + ".bin\"");
    if (isToBeSent(context, GatewayClient.RAW_BLOCK, "\"" + path + ".raw\"")) {
      if (context.request().method().equals(HttpMethod.HEAD)) {
        response.putHeader("Content-Length", Integer.toString(block.length())).end();
      } else {
        response.end(Buffer.buffer(block.toByteArray()));
      }
    }
  }

  private void archive(RoutingContext context, ContentPath path) {
    CarExport.Scope scope = scope(context);
    HttpServerResponse response = context.response();
    new DirectoryReader(store).resolve(path);
    response.putHeader("Content-Disposition", "attachment; filename=\"" + path.root() + ".car\"");
    if (!isToBeSent(context, ARCHIVE_TYPE, tag(path(context), scope))) {
      return;
    }
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    StreamedAnswer.send(context, sink -> new CarExport(store).write(path, scope, sink));
  }

  /** The order of an archive's blocks is fixed, so it is the same each time. */
  private static String tag(String path, CarExport.Scope scope) {
    return "\""
        + path.substring(PREFIX.length())
        + "."
        + scope.name().toLowerCase(Locale.ROOT)
        + ".car\"";
  }

  private static CarExport.Scope scope(RoutingContext context) {
    String scope = context.request().getParam("dag-scope", "all");
    for (CarExport.Scope known : CarExport.Scope.values()) {
      if (scope.equals(known.name().toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw new StoreException.InvalidEntry(
        "dag-scope '" + scope + "' is not known; say all, entity or block");
  }

  /** Puts what all answers have into the head; one that the caller has already ends here. */
  private static boolean isToBeSent(RoutingContext context, String type, String tag) {
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Type", type)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "public, max-age=29030400, immutable")
        .putHeader("X-Ipfs-Path", path(context))
        .putHeader("Etag", tag);
    if (tag.equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return false;
    }
    return true;
  }

  private static void fail(RoutingContext context, StoreException failure) {
    HttpServerResponse response = context.response();
    int status =
        switch (failure) {
          case StoreException.InvalidContentId _, StoreException.InvalidEntry _ -> 400;
          case StoreException.MissingBlock _, StoreException.NoSuchEntry _ -> 404;
          default -> 500;
        };
    response.headers().clear();
    response.setStatusCode(status).end(failure.getMessage() + "\n");
  }
}
