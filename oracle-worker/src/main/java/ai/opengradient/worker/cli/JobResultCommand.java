package ai.opengradient.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a job as it stands. */
@Command(name = "result", description = "Show how a job stands, with its outputs if there are any.")
final class JobResultCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() {
    try (ChainAccess chain = ChainAccess.open(opg().client().chain())) {
      JobView job = JobView.read(chain.market(), id);
      return new Answer(job.fields().toMap(), job.lines());
    }
  }
}
