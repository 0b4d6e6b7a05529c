package ai.opengradient.canon.engine.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed number of threads that share the tasks of a loop. The thread that calls {@link #share} is
 * one of them; only one may call at a time, and interrupting it ends the loop early.
 */
public final class Crew implements AutoCloseable {
  private final ExecutorService helpers;
  private final List<Workspace> workspaces = new ArrayList<>();

  /** A part of a loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part.
     *
     * @param number from 0 on
     * @param workspace the thread's own
     * @throws InterruptedException if it noticed that the loop's caller was interrupted
     */
    void run(int number, Workspace workspace) throws InterruptedException;
  }

  /** Adjacent rounds of a loop. */
  @FunctionalInterface
  public interface Stretch {
    /**
     * Does some rounds.
     *
     * @param first the number of the first one
     * @param count how many
     * @param workspace the thread's own
     * @throws InterruptedException if it noticed that the loop's caller was interrupted
     */
    void run(int first, int count, Workspace workspace) throws InterruptedException;
  }

  /**
   * With so many threads.
   *
   * @param size at least 1
   */
  public Crew(int size) {
    helpers =
        Executors.newFixedThreadPool(
            Math.max(1, size - 1), Thread.ofPlatform().daemon().name("canon-engine-", 1).factory());
    for (int member = 0; member < size; member++) {
      workspaces.add(new Workspace());
    }
  }

  public int size() {
    return workspaces.size();
  }

  /**
   * Runs tasks 0 to below a number, in any order and several at once. When it returns or throws,
   * none is running any more.
   *
   * @throws InterruptedException if this thread was interrupted; some tasks were not run then
   */
  public void share(int tasks, Task task) throws InterruptedException {
    Loop loop = new Loop(tasks, task, Thread.currentThread());
    List<Future<?>> helping = new ArrayList<>();
    for (Workspace workspace : workspaces.subList(1, Math.clamp(tasks, 1, size()))) {
      helping.add(
          helpers.submit(() -> {
            loop.run(workspace);
            return null;
          }));
    }
    try {
      loop.run(workspaces.getFirst());
    } finally {
      helping.forEach(loop::await);
    }
    if (Thread.interrupted() || loop.isInterrupted()) {
      throw new InterruptedException("the run was interrupted");
    }
    for (Future<?> helper : helping) {
      if (helper.state() == Future.State.FAILED) {
        rethrow(helper.exceptionNow());
      }
    }
  }

  /**
   * Runs rounds 0 to below a number, with so many adjacent ones as a task, or what is left of them.
   *
   * @throws InterruptedException if this thread was interrupted; some rounds were not run then
   * @see #share(int, Task)
   */
  public void share(int rounds, int roundsOfTask, Stretch stretch) throws InterruptedException {
    share(
        Math.ceilDiv(rounds, roundsOfTask),
        (number, workspace) -> {
          int first = number * roundsOfTask;
          stretch.run(first, Math.min(roundsOfTask, rounds - first), workspace);
        });
  }

  private static void rethrow(Throwable failure) {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Ends the threads, which must be idle. */
  @Override
  public void close() {
    helpers.shutdown();
  }
}
