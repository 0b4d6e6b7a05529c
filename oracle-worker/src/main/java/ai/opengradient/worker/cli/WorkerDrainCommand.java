package ai.opengradient.worker.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Tells the running worker to finish what it has and take no more. */
@Command(
    name = "drain",
    description = "Tell the running worker to take no new jobs and finish those it has.")
final class WorkerDrainCommand extends Subcommand {
  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> status = new AdminClient(opg().worker().admin()).post("/drain");
    return new Answer(status, WorkerStatusCommand.lines(status));
  }
}
