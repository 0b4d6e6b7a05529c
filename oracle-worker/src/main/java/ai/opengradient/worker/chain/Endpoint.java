package ai.opengradient.worker.chain;

import java.net.URI;
import java.time.Duration;

/**
 * Where a chain node is and how patiently it is asked.
 *
 * @param url of JSON-RPC over HTTP
 * @param timeout for one answer, body included
 * @param attempts how often a question is asked in all before it fails, 1 or more; sending is never
 *     repeated
 * @param firstPause before the second attempt; doubled for each further one
 * @param longestPause no pause is longer than this, whatever the node asks for
 */
public record Endpoint(
    URI url, Duration timeout, int attempts, Duration firstPause, Duration longestPause) {

  public Endpoint {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more, not " + attempts);
    }
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "'"
              + url
              + "' is not the URL of a chain node: write http://host:port or https://host/path");
    }
  }

  /**
   * The node at this URL with 20 seconds for an answer and 5 attempts, a quarter to 4 seconds
   * apart.
   */
  public static Endpoint of(URI url) {
    return new Endpoint(
        url, Duration.ofSeconds(20), 5, Duration.ofMillis(250), Duration.ofSeconds(4));
  }

  /** The URL without what may be secret in it: user, path and query. */
  @Override
  public String toString() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    boolean hidden =
        (url.getPath() != null && url.getPath().length() > 1) || url.getQuery() != null;
    return url.getScheme() + "://" + url.getHost() + port + (hidden ? "/…" : "");
  }
}
