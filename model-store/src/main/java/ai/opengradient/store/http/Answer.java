package ai.opengradient.store.http;

import java.nio.charset.StandardCharsets;

/** A server's answer: its status and its whole body, within the limit that the caller set. */
public final class Answer {
  private final int status;
  private final byte[] body;

  Answer(int status, byte[] body) {
    this.status = status;
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
}
