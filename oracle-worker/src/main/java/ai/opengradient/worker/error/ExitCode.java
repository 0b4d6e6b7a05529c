package ai.opengradient.worker.error;

/** How a command ends, as its process says it. The numbers are stable: scripts may rely on them. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "what was asked failed"),
  USAGE(2, "the command line, a file given to it or the configuration is wrong"),
  CHAIN(3, "the chain can't be reached, or is another one"),
  REFUSED(4, "refused by a contract, a policy or a permission"),
  NOT_FOUND(5, "what was named does not exist"),
  INTEGRITY(6, "data is damaged or not what its hash says");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
