package ai.opengradient.worker.cli;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ErrorPage;
import ai.opengradient.worker.error.OpgException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what an error means and how to get out of it. */
@Command(name = "explain", description = "Tell what an error code means and the way out.")
final class ExplainCommand extends Subcommand {
  @Parameters(arity = "0..1", paramLabel = "CODE", description = "Such as OPG-201.")
  private @Nullable String code;

  @Option(names = "--all", description = "Print all codes as docs/errors.md has them.")
  private boolean all;

  @Override
  Answer answer() {
    if (all) {
      return new Answer(
          new Fields()
              .with(
                  "errors", Arrays.stream(ErrorCode.values()).map(ExplainCommand::fields).toList())
              .toMap(),
          ErrorPage.render().stripTrailing());
    }
    if (code == null) {
      throw new OpgException(ErrorCode.USAGE, "opg explain: name a code, or --all");
    }
    String asked = code;
    ErrorCode error =
        ErrorCode.find(asked)
            .orElseThrow(
                () -> new OpgException(ErrorCode.UNKNOWN_CODE, "'" + asked + "' is not a code"));
    return new Answer(
        fields(error).toMap(),
        List.of(
            error.id() + " " + error.title(),
            "Cause:   " + error.cause(),
            "Way out: " + error.wayOut(),
            "Exit:    " + error.exit().number() + ", " + error.exit().meaning()));
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
