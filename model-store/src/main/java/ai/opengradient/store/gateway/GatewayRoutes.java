package ai.opengradient.store.gateway;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.http.BlockingHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * Serves the blocks of a store as a trustless gateway: {@code GET} and {@code HEAD /ipfs/{cid}},
 * raw blocks only, by {@code ?format=raw} or the {@code Accept} header.
 *
 * <p>Source: the trustless gateway specification (specs.ipfs.tech).
 */
public final class GatewayRoutes {
  private final BlockStore store;

  public GatewayRoutes(BlockStore store) {
    this.store = store;
  }

  /** Adds the routes. */
  public void mount(Router router) {
    router
        .route("/ipfs/:cid")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(new BlockingHandler(this::block));
  }

  private void block(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!asksForRaw(context)) {
      response
          .setStatusCode(406)
          .end(
              "this gateway gives raw blocks only: ask with ?format=raw or Accept: "
                  + GatewayClient.RAW_BLOCK
                  + "\n");
      return;
    }
    try {
      ContentId id = ContentId.parse(Objects.requireNonNull(context.pathParam("cid")));
      String tag = "\"" + id + ".raw\"";
      Block block = store.get(id);
      response
          .putHeader("Content-Type", GatewayClient.RAW_BLOCK)
          .putHeader("Content-Disposition", "attachment; filename=\"" + id + ".bin\"")
          .putHeader("X-Content-Type-Options", "nosniff")
          .putHeader("Cache-Control", "public, max-age=29030400, immutable")
          .putHeader("X-Ipfs-Path", "/ipfs/" + id)
          .putHeader("Etag", tag);
      if (tag.equals(context.request().getHeader("If-None-Match"))) {
        response.setStatusCode(304).end();
      } else if (context.request().method().equals(HttpMethod.HEAD)) {
        response.putHeader("Content-Length", Integer.toString(block.length())).end();
      } else {
        response.end(Buffer.buffer(block.toByteArray()));
      }
    } catch (StoreException.InvalidContentId e) {
      response.setStatusCode(400).end(e.getMessage() + "\n");
    } catch (StoreException.MissingBlock e) {
      response.setStatusCode(404).end(e.getMessage() + "\n");
    } catch (StoreException e) {
      response.setStatusCode(500).end(e.getMessage() + "\n");
    }
  }

  private static boolean asksForRaw(RoutingContext context) {
    String format = context.request().getParam("format");
    if (format != null) {
      return format.equals("raw");
    }
    String accept = context.request().getHeader("Accept");
    return accept != null && accept.contains(GatewayClient.RAW_BLOCK);
  }
}
