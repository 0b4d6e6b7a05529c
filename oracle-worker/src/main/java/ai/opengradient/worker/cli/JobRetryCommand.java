package ai.opengradient.worker.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has the running worker try a job again. */
@Command(
    name = "retry",
    description = {
      "Let a job out of quarantine, and have the running worker try it again if it ended without a claim.",
      "The chain tells whether it is still the worker's turn; `opg job show` tells what came of it."
    })
final class JobRetryCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> job =
        new AdminClient(opg().worker().admin()).post("/jobs/" + id + "/retry");
    return new Answer(job, "Job " + id + " is tried again, if the chain still lets it.");
  }
}
