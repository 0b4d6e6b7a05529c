package ai.opengradient.worker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Asks the running worker how it stands. */
@Command(name = "status", description = "Ask the running worker how it stands.")
final class WorkerStatusCommand extends Subcommand {
  /** Seconds that a start takes, roughly. */
  private static final long SHORTEST = 10;

  private static final long MINUTE = 60;

  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> status = new AdminClient(opg().worker().admin()).get("/status");
    return new Answer(status, lines(status));
  }

  /** One line for each thing that the worker tells. */
  static List<String> lines(Map<String, Object> status) {
    List<String> lines = new ArrayList<>();
    status.forEach((name, value) -> lines.add("%-14s %s".formatted(name, value)));
    safety(status).ifPresent(lines::add);
    return lines;
  }

  /** For how long it may be away, in a sentence; empty for what is no status. */
  static Optional<String> safety(Map<String, Object> status) {
    if (!status.containsKey("safeToStop")) {
      return Optional.empty();
    }
    if (status.get("nextObligation") instanceof Map<?, ?> next
        && next.get("seconds") instanceof Number seconds) {
      return Optional.of(
          seconds.longValue() < SHORTEST
              ? "Not safe to restart: something is due now."
              : "Safe to restart for " + text(seconds.longValue()) + ".");
    }
    return Optional.of(
        Boolean.TRUE.equals(status.get("safeToStop"))
            ? "Safe to stop."
            : "Nothing is due; it may be drawn at any time. Drain it before a longer pause.");
  }

  private static String text(long seconds) {
    return seconds < MINUTE ? seconds + " s" : seconds / MINUTE + " min";
  }
}
