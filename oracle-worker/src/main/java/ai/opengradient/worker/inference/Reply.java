package ai.opengradient.worker.inference;

/** How the child's answers begin. */
final class Reply {
  static final int DONE = 1;
  static final int FAILED = 2;

  private Reply() {}
}
