package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.ChainSettings;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.config.KeyFiles;
import ai.opengradient.worker.config.StoreSettings;
import ai.opengradient.worker.config.WatchConfiguration;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command line: options that all commands share, and how answers and failures are shown. */
@Command(
    name = "opg",
    description =
        "Model inference for smart contracts: publish models, request answers, run a worker.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    usageHelpAutoWidth = true,
    subcommands = {
      ModelCommand.class,
      JobCommand.class,
      WorkerCommand.class,
      JournalCommand.class,
      TxCommand.class,
      WatchCommand.class,
      DisputeCommand.class,
      StoreCommand.class,
      ReproduceCommand.class,
      ConformCommand.class,
      ConfigCommand.class,
      ExplainCommand.class,
      CompletionCommand.class
    })
final class Opg extends Group {
  private static final Path USUAL_CONFIGURATION = Path.of("opg.properties");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Surroundings surroundings;
  private @Nullable Account account;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the answer, or the failure, as one line of JSON.")
  private boolean json;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration; without it opg.properties in the working folder, if there.")
  private @Nullable Path configuration;

  private Opg(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The command line as picocli knows it. */
  static CommandLine commandLine(Surroundings surroundings) {
    Opg opg = new Opg(surroundings);
    return new CommandLine(opg)
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((failure, arguments) -> opg.fail(usage(failure)))
        .setExecutionExceptionHandler((failure, command, result) ->
            opg.fail(
                failure instanceof ParameterException wrong ? usage(wrong) : Failures.of(failure)));
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Tells people what goes on; programs wait for the answer. */
  void progress(String line) {
    if (!json) {
      surroundings.err().println(line);
      surroundings.err().flush();
    }
  }

  ClientConfiguration client() {
    return ClientConfiguration.read(
        configurationFile(), surroundings.folder(), surroundings.environment());
  }

  StoreSettings store() {
    return StoreSettings.read(
        configurationFile(), surroundings.folder(), surroundings.environment());
  }

  /** A file named on the command line, which must be there. */
  Path existing(Path named) {
    Path file = surroundings.folder().resolve(named);
    if (!Files.isRegularFile(file)) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, file + " is not a file");
    }
    return file;
  }

  /** Writes a file named on the command line, in place of one that is there. */
  void write(Path named, byte[] content) {
    Path file = surroundings.folder().resolve(named);
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, file + " can't be written", e);
    }
  }

  WorkerConfiguration worker() {
    return WorkerConfiguration.read(
        configurationFile(), surroundings.folder(), surroundings.environment());
  }

  WatchConfiguration watch() {
    return WatchConfiguration.read(
        configurationFile(), surroundings.folder(), surroundings.environment());
  }

  /** The file that the configuration is read from, if there is one. */
  Optional<Path> configurationFile() {
    if (configuration != null) {
      return Optional.of(surroundings.folder().resolve(configuration));
    }
    return Optional.of(surroundings.folder().resolve(USUAL_CONFIGURATION)).filter(Files::exists);
  }

  /**
   * The account of the configured key, which has done what it had begun; it is this command's until
   * its user was told.
   */
  Account account(ChainAccess chain, KeyFiles key, ChainSettings settings)
      throws InterruptedException {
    Account opened = Account.open(this, chain, key, settings);
    account = opened;
    opened.settleEarlier();
    return opened;
  }

  /** Does what a command is for, shows its answer and gives the exit code. */
  int tell(Callable<Answer> command) throws Exception {
    try {
      int exit = print(command.call());
      if (account != null) {
        account.told();
      }
      return exit;
    } finally {
      if (account != null) {
        account.close();
      }
    }
  }

  /** Shows an answer and gives the exit code. */
  int print(Answer answer) {
    if (json) {
      surroundings.out().println(toJson(answer.fields()));
    } else {
      answer.lines().forEach(surroundings.out()::println);
    }
    surroundings.out().flush();
    return answer.exit().number();
  }

  private int fail(OpgException failure) {
    ErrorCode code = failure.code();
    if (json) {
      Fields error =
          new Fields()
              .with("code", code.id())
              .with("title", code.title())
              .with("detail", failure.detail())
              .with("wayOut", code.wayOut())
              .with("exit", code.exit().number());
      surroundings.err().println(toJson(new Fields().with("error", error).toMap()));
    } else {
      surroundings.err().println(failure.line());
      if (code == ErrorCode.INTERNAL) {
        failure.printStackTrace(surroundings.err());
      }
    }
    surroundings.err().flush();
    return code.exit().number();
  }

  /** A value that knows its own code keeps it. */
  private static OpgException usage(ParameterException failure) {
    if (failure.getCause() instanceof OpgException known) {
      return known;
    }
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    return new OpgException(
        ErrorCode.USAGE, command + ": " + failure.getMessage(), failure.getCause());
  }

  private static String toJson(Object fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer holds plain values only", e);
    }
  }

  /** Runs one command line and gives its exit code. */
  static int run(Surroundings surroundings, String... arguments) {
    try {
      return commandLine(surroundings).execute(arguments);
    } finally {
      surroundings.out().flush();
      surroundings.err().flush();
    }
  }
}
