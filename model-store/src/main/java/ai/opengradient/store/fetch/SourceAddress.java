package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.gateway.GatewayClient;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.kubo.KuboClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** Where blocks may be had, as configurations write it. */
public sealed interface SourceAddress {
  /** A trustless gateway, {@code gateway:http://127.0.0.1:8080}. */
  record Gateway(URI uri) implements SourceAddress {}

  /** A Kubo's RPC, {@code kubo:http://127.0.0.1:5001}. */
  record Kubo(URI uri) implements SourceAddress {}

  /** A block store's directory on this machine, {@code directory:/var/lib/opg/store}. */
  record Directory(Path path) implements SourceAddress {}

  /**
   * Reads an address.
   *
   * @throws StoreException.InvalidSourceAddress if the text is none
   */
  static SourceAddress parse(String text) {
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "gateway" -> new Gateway(uri(text, rest));
      case "kubo" -> new Kubo(uri(text, rest));
      case "directory" -> new Directory(path(text, rest));
      default -> throw invalid(text, "it has no known kind");
    };
  }

  /** The source at the address; nothing is connected yet. */
  default BlockSource open(HttpCaller http) {
    return switch (this) {
      case Gateway gateway -> new GatewayClient(http, gateway.uri());
      case Kubo kubo -> new KuboClient(http, kubo.uri());
      case Directory directory -> new BlockStore(directory.path());
    };
  }

  private static URI uri(String text, String rest) {
    try {
      URI uri = new URI(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest);
      if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
        throw invalid(text, "an http or https address is missing");
      }
      if (uri.getQuery() != null || uri.getFragment() != null) {
        throw invalid(text, "it has a query or a fragment");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw invalid(text, String.valueOf(e.getMessage()));
    }
  }

  private static Path path(String text, String rest) {
    try {
      if (rest.isEmpty()) {
        throw invalid(text, "the path is missing");
      }
      return Path.of(rest);
    } catch (InvalidPathException e) {
      throw invalid(text, String.valueOf(e.getMessage()));
    }
  }

  private static StoreException.InvalidSourceAddress invalid(String text, String reason) {
    return new StoreException.InvalidSourceAddress(
        "'"
            + text
            + "' is not a source of blocks: "
            + reason
            + "; write gateway:http://host:port, kubo:http://host:port or directory:/path");
  }
}
