package ai.opengradient.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * At which moments a process is to kill itself: lines {@code occurrence moment}, of which those
 * that came are no longer planned.
 */
final class KillPlan {

  private final Path came;
  private final Map<String, Integer> left = new HashMap<>();

  private KillPlan(Path came) {
    this.came = came;
  }

  static KillPlan read(Path planned, Path came) throws IOException {
    KillPlan plan = new KillPlan(came);
    List<String> done = Files.exists(came) ? Files.readAllLines(came) : List.of();
    for (String line : Files.readAllLines(planned)) {
      String[] halves = line.split(" ", 2);
      if (!done.contains(halves[1])) {
        plan.left.put(halves[1], Integer.parseInt(halves[0]));
      }
    }
    return plan;
  }

  /** Counts the moment; if its turn has come, notes it and kills this process with SIGKILL. */
  void reached(String moment) {
    Integer turns = left.get(moment);
    if (turns == null) {
      return;
    }
    if (turns > 1) {
      left.put(moment, turns - 1);
      return;
    }
    try {
      Files.writeString(came, moment + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    while (true) {
      LockSupport.park();
    }
  }
}
