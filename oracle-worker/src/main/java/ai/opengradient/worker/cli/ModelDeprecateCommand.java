package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.ClientConfiguration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a version out of use. */
@Command(
    name = "deprecate",
    description = {
      "Deprecate a version of a model of yours: it takes no new jobs, for ever.",
      "Running jobs go on, and the version stays readable."
    })
final class ModelDeprecateCommand extends Subcommand {
  @Parameters(paramLabel = "VERSION", description = "The version's id.")
  private long id;

  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      account.send("Deprecate version " + id, chain.modelCalls().deprecate(id));
      return new Answer(
          new Fields().with("version", id).with("deprecated", true).toMap(),
          List.of("Version " + id + " takes no new jobs."));
    }
  }
}
