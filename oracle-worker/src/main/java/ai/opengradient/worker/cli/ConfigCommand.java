package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.Settings;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The configuration, checked and explained. */
@Command(
    name = "config",
    description = "Check and explain the configuration.",
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Explain.class})
final class ConfigCommand extends Group {

  /** Reads the configuration and tells all its mistakes. */
  @Command(name = "check", description = "Read the configuration and report all mistakes at once.")
  static final class Check extends Subcommand {
    @Override
    Answer answer() {
      WorkerConfiguration configuration = opg().worker();
      String file = opg().configurationFile().map(Path::toString).orElse("the environment");
      return new Answer(
          new Fields()
              .with("file", file)
              .with("rpc", configuration.chain().rpc())
              .with("deployment", configuration.chain().deployment())
              .with("keystore", configuration.key().keystore())
              .with("data", configuration.data())
              .with("storeSources", configuration.store().sources())
              .with(
                  "offers",
                  configuration.offers().stream()
                      .map(offer ->
                          new Fields()
                              .with("version", offer.version())
                              .with("price", offer.price())
                              .with("bondLimit", offer.bondLimit()))
                      .toList())
              .toMap(),
          file + " has no mistakes.");
    }
  }

  /** Describes the keys. */
  @Command(name = "explain", description = "Describe every key, or one.")
  static final class Explain extends Subcommand {
    @Parameters(arity = "0..1", paramLabel = "KEY", description = "Such as chain.rpc.")
    private @Nullable String key;

    @Override
    Answer answer() {
      List<Settings.Explanation> keys =
          Settings.explain().stream()
              .filter(explanation -> key == null || explanation.key().equals(key))
              .toList();
      if (keys.isEmpty()) {
        throw new OpgException(ErrorCode.USAGE, "there is no key '" + key + "'");
      }
      List<String> lines = new ArrayList<>();
      for (Settings.Explanation explanation : keys) {
        lines.add(explanation.key());
        lines.add("    " + explanation.description() + ".");
        lines.add(
            "    "
                + explanation.unit()
                + "; "
                + explanation
                    .fallback()
                    .map(text -> text.isEmpty() ? "default: empty" : "default: " + text)
                    .orElse("must be given")
                + "; "
                + explanation.environmentName());
      }
      return new Answer(
          new Fields()
              .with(
                  "keys",
                  keys.stream()
                      .map(explanation ->
                          new Fields()
                              .with("key", explanation.key())
                              .with("environment", explanation.environmentName())
                              .with("unit", explanation.unit())
                              .with("default", explanation.fallback().orElse(null))
                              .with("description", explanation.description()))
                      .toList())
              .toMap(),
          lines);
    }
  }
}
