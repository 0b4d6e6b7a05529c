package ai.opengradient.store.gateway;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** In which form somebody asks for content. */
enum Format {
  RAW,
  ARCHIVE,
  /** One that this gateway does not give. */
  OTHER;

  /** The query's word counts before the header's. */
  static Format of(HttpServerRequest request) {
    @Nullable String format = request.getParam("format");
    if (format != null) {
      return switch (format) {
        case "raw" -> RAW;
        case "car" -> ARCHIVE;
        default -> OTHER;
      };
    }
    @Nullable String accept = request.getHeader("Accept");
    if (accept == null) {
      return OTHER;
    }
    if (accept.contains(GatewayClient.RAW_BLOCK)) {
      return RAW;
    }
    return accept.contains(GatewayClient.ARCHIVE) ? ARCHIVE : OTHER;
  }
}
