package ai.opengradient.canon.engine.parallel;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The tasks of a loop that nobody has taken yet, and whether its caller wants it to end. */
final class Loop {
  private final int tasks;
  private final Crew.Task task;
  private final Thread caller;
  private final AtomicInteger next = new AtomicInteger();
  private volatile boolean interrupted;

  Loop(int tasks, Crew.Task task, Thread caller) {
    this.tasks = tasks;
    this.task = task;
    this.caller = caller;
  }

  /** Takes tasks until there is none; if one fails, the others take none any more. */
  void run(Workspace workspace) throws InterruptedException {
    workspace.enter(this);
    try {
      for (int number = next.getAndIncrement(); number < tasks; number = next.getAndIncrement()) {
        requireUninterrupted();
        task.run(number, workspace);
      }
    } finally {
      next.set(tasks);
    }
  }

  void requireUninterrupted() throws InterruptedException {
    // As is usual, a thread that learns of its own interruption is no longer interrupted.
    boolean isCaller = Thread.currentThread().equals(caller);
    if (isCaller ? Thread.interrupted() : caller.isInterrupted()) {
      interrupted = true;
    }
    if (interrupted) {
      throw new InterruptedException("the run was interrupted");
    }
  }

  /** Waits for a helper to end, whatever happens. */
  void await(Future<?> helper) {
    while (!helper.isDone()) {
      try {
        helper.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        // The caller of the loop looks at it when all helpers have ended.
      }
    }
  }

  boolean isInterrupted() {
    return interrupted;
  }
}
