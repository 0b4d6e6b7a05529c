package ai.opengradient.worker.journal;

/** Which of a job's tensors. */
enum Side {
  INPUT("input"),
  OUTPUT("output");

  private final String column;

  Side(String column) {
    this.column = column;
  }

  /** As columns hold it. */
  String column() {
    return column;
  }
}
