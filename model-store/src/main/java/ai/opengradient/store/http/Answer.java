package ai.opengradient.store.http;

import ai.opengradient.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A server's answer: its status and its whole body, within the limit that the caller set. */
public final class Answer {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final int status;
  private final String type;
  private final String retryAfter;
  private final byte[] body;

  /**
   * @param type the header Content-Type, empty if there is none
   * @param retryAfter the header Retry-After, empty if there is none
   */
  Answer(int status, String type, String retryAfter, byte[] body) {
    this.status = status;
    this.type = type;
    this.retryAfter = retryAfter;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** The body itself, not a copy. */
  public byte[] body() {
    return body;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether it says that it is a page for people, such as those of proxies and portals. */
  public boolean isWebPage() {
    return type.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /**
   * Why this is not what was asked for.
   *
   * @param who answered
   * @param what was asked for
   */
  public StoreException refusal(String who, String what) {
    String message = who + " answered with status " + status + " for " + what;
    if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
      return new StoreException.SourceBusy(message + ", which asks to come later", pause());
    }
    if (status >= 300 && status < 400) {
      message += "; redirects are not followed: name the address that it points to";
    } else if (isWebPage()) {
      message += " and a web page";
    }
    return new StoreException.SourceUnavailable(message);
  }

  /** A date, which the header may hold as well, counts as no wish: it would need a clock. */
  private Duration pause() {
    if (!retryAfter.matches("\\d{1,9}")) {
      return Duration.ZERO;
    }
    Duration wished = Duration.ofSeconds(Long.parseLong(retryAfter));
    return wished.compareTo(LONGEST_PAUSE) < 0 ? wished : LONGEST_PAUSE;
  }
}
