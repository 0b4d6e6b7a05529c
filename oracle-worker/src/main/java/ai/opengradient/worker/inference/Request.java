package ai.opengradient.worker.inference;

/** What the parent asks of the child. */
enum Request {
  LOAD(1),
  RUN(2);

  private final int code;

  Request(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Request fromCode(int code) {
    return switch (code) {
      case 1 -> LOAD;
      case 2 -> RUN;
      default -> throw new IllegalArgumentException("no request has code " + code);
    };
  }
}
