package ai.opengradient.worker.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does something, as opposed to one that only groups others. */
abstract class Subcommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Does it. */
  abstract Answer answer() throws Exception;

  @Override
  public final Integer call() throws Exception {
    try {
      return opg().tell(this::answer);
    } catch (OutOfMemoryError exhausted) {
      throw Failures.of(exhausted);
    }
  }

  /** The whole command line that this is a part of. */
  final Opg opg() {
    return (Opg) spec.root().userObject();
  }
}
