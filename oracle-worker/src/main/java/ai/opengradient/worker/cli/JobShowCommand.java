package ai.opengradient.worker.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks the running worker about one of its jobs. */
@Command(name = "show", description = "Ask the running worker how a job stands for it.")
final class JobShowCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> job = new AdminClient(opg().worker().admin()).get("/jobs/" + id);
    return new Answer(job, WorkerStatusCommand.lines(job));
  }
}
