package ai.opengradient.worker.error;

/** Writes {@code docs/errors.md}. */
public final class ErrorPage {
  private ErrorPage() {}

  /** The page of all exit codes and errors, in Markdown. */
  public static String render() {
    StringBuilder page = new StringBuilder();
    page.append("# Errors by code\n\n")
        .append(
            "`opg explain OPG-301` says the same in the terminal; `opg explain --all` writes this page.\n\n")
        .append("| a command exits with | when |\n|---|---|\n");
    for (ExitCode exit : ExitCode.values()) {
      page.append("| ").append(exit.number()).append(" | ").append(exit.meaning()).append(" |\n");
    }
    for (ErrorCode.Area area : ErrorCode.Area.values()) {
      page.append("\n## ").append(area.title()).append("\n\n");
      if (area == ErrorCode.Area.CONTRACTS) {
        page.append("Each is a custom error of a contract; the detail gives its arguments.\n\n");
      }
      page.append("| code | what | cause | way out | exits with |\n|---|---|---|---|---|\n");
      for (ErrorCode code : ErrorCode.values()) {
        if (code.area() == area) {
          page.append("| ").append(code.id());
          page.append(" | ").append(code.title());
          page.append(" | ").append(code.cause());
          page.append(" | ").append(code.wayOut());
          page.append(" | ").append(code.exit().number()).append(" |\n");
        }
      }
    }
    return page.toString();
  }
}
