package ai.opengradient.worker.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that completes command lines. */
@Command(
    name = "completion",
    description =
        "Print a script that lets a shell complete command lines: source <(opg completion bash)")
final class CompletionCommand extends Subcommand {
  /** Shells that can source the script. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  @Override
  Answer answer() {
    String script = AutoComplete.bash("opg", Opg.commandLine(opg().surroundings()));
    return new Answer(new Fields().with("shell", shell).with("script", script).toMap(), script);
  }
}
