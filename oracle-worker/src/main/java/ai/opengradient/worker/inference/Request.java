package ai.opengradient.worker.inference;

import java.util.Arrays;

/** What the parent asks of the child. */
enum Request {
  /** Of ONNX Runtime. */
  LOAD(1),
  /** Of ONNX Runtime. */
  RUN(2),
  /** Of the canonical engine. */
  LOWER(3),
  /** Of the canonical engine. */
  RUN_CANONICALLY(4),
  /** Of the canonical engine. */
  TRACE(5);

  private final int code;

  Request(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Request fromCode(int code) {
    return Arrays.stream(values())
        .filter(request -> request.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no request has code " + code));
  }
}
