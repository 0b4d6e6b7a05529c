package ai.opengradient.worker.cli;

import ai.opengradient.worker.config.ClientConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a job as it stands. */
@Command(
    name = "result",
    description = {
      "Show how a job stands, with its outputs if there are any.",
      "Outputs by reference are fetched and checked against their tree roots; `opg store get` keeps them."
    })
final class JobResultCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      JobView job = JobView.read(chain.market(), id);
      if (job.isByReference()) {
        try (ContentAccess content = ContentAccess.open(configuration.store())) {
          job = job.fetch(content.fetch());
        }
      }
      return new Answer(job.fields().toMap(), job.lines());
    }
  }
}
