package ai.opengradient.worker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * At which moments a process is to kill itself: lines {@code occurrence moment}; or, after {@code
 * stop}, to freeze until somebody thaws it. Each comes once; occurrences are counted over all lives
 * of the process. Files in a folder: what is planned, what was passed, what came, and what was
 * signed and not sent yet, which the next life may send.
 */
public final class KillPlan {

  private final Path folder;
  private static final String FREEZE = "stop ";
  private static final String SIGNED = "signed";

  private final Map<String, Integer> left = new HashMap<>();
  private final Set<String> freezing = new HashSet<>();

  private KillPlan(Path folder) {
    this.folder = folder;
  }

  /** Begins a plan; what an earlier one left in the folder is gone. */
  public static void write(Path folder, List<String> planned) throws IOException {
    Files.write(folder.resolve("planned"), planned);
    Files.deleteIfExists(folder.resolve("passed"));
    Files.deleteIfExists(folder.resolve("came"));
    Files.deleteIfExists(folder.resolve(SIGNED));
  }

  public static KillPlan read(Path folder) throws IOException {
    KillPlan plan = new KillPlan(folder);
    for (String line : Files.readAllLines(folder.resolve("planned"))) {
      boolean freezes = line.startsWith(FREEZE);
      String[] halves = line.substring(freezes ? FREEZE.length() : 0).split(" ", 2);
      if (freezes) {
        plan.freezing.add(halves[1]);
      }
      plan.left.put(halves[1], Integer.parseInt(halves[0]));
    }
    passed(folder).forEach(moment -> plan.left.computeIfPresent(moment, (_, turns) -> turns - 1));
    came(folder).forEach(plan.left::remove);
    return plan;
  }

  /** The moments that the process has been through, in their order. */
  static List<String> passed(Path folder) throws IOException {
    return lines(folder.resolve("passed"));
  }

  /** The moments at which it killed itself, in their order. */
  public static List<String> came(Path folder) throws IOException {
    return lines(folder.resolve("came"));
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private void add(String file, String moment) throws IOException {
    Files.writeString(
        folder.resolve(file), moment + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** A transaction for this effect was signed. */
  synchronized void signed(String effect) {
    try {
      Files.writeString(folder.resolve(SIGNED), effect);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A transaction was sent: the effect of the one that was signed last, unless it was sent before.
   */
  synchronized Optional<String> sent() {
    Path file = folder.resolve(SIGNED);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String effect = Files.readString(file);
      Files.delete(file);
      return Optional.of(effect);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Counts the moment; if its turn has come, kills this process with SIGKILL, or freezes it. */
  public synchronized void reached(String moment) {
    boolean freezes = freezing.contains(moment);
    try {
      add("passed", moment);
      Integer turns = left.computeIfPresent(moment, (_, more) -> more - 1);
      if (turns == null || turns > 0) {
        return;
      }
      add("came", moment);
      Process signal =
          new ProcessBuilder(
                  "kill", freezes ? "-STOP" : "-KILL", Long.toString(ProcessHandle.current().pid()))
              .start();
      if (freezes) {
        signal.waitFor();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    while (!freezes) {
      LockSupport.park();
    }
  }
}
