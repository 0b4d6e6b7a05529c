package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ErrorPage;
import ai.opengradient.worker.error.OpgException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what an error means and how to get out of it. */
@Command(name = "explain", description = "Tell what an error code means and the way out.")
final class ExplainCommand extends Subcommand {
  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** One code or all. */
  static final class Which {
    @Parameters(paramLabel = "CODE", description = "Such as OPG-201.")
    private @Nullable String code;

    @Option(names = "--all", description = "Print all codes as docs/errors.md has them.")
    private boolean all;
  }

  @Override
  Answer answer() {
    if (which.code == null) {
      return new Answer(
          new Fields()
              .with("errors", Arrays.stream(ErrorCode.values()).map(ExplainCommand::fields).toList())
              .toMap(),
          ErrorPage.render().stripTrailing());
    }
    String asked = which.code;
    ErrorCode code =
        ErrorCode.find(asked)
            .orElseThrow(
                () -> new OpgException(ErrorCode.UNKNOWN_CODE, "'" + asked + "' is not a code"));
    return new Answer(
        fields(code).toMap(),
        List.of(
            code.id() + " " + code.title(),
            "Cause:   " + code.cause(),
            "Way out: " + code.wayOut(),
            "Exit:    " + code.exit().number() + ", " + code.exit().meaning()));
  }

  private static Fields fields(ErrorCode code) {
    return new Fields()
        .with("code", code.id())
        .with("title", code.title())
        .with("cause", code.cause())
        .with("wayOut", code.wayOut())
        .with("exit", code.exit().number());
  }
}
