package ai.opengradient.worker.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Asks the running worker how it stands. */
@Command(name = "status", description = "Ask the running worker how it stands.")
final class WorkerStatusCommand extends Subcommand {
  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> status = new AdminClient(opg().worker().admin()).get("/status");
    return new Answer(status, lines(status));
  }

  /** One line for each thing that the worker tells. */
  static List<String> lines(Map<String, Object> status) {
    return status.entrySet().stream()
        .map(entry -> "%-12s %s".formatted(entry.getKey(), entry.getValue()))
        .toList();
  }
}
