package ai.opengradient.worker.court;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Work that takes long, done beside the looks at the chain: deadlines of other jobs don't wait for
 * it. What it came to is kept until it is forgotten; what failed is tried again. For use by one
 * thread.
 *
 * @param <T> what it comes to
 */
public final class Preparation<T> {
  private final Executor threads;
  private final Map<Long, FutureTask<T>> underway = new HashMap<>();

  /**
   * @param threads do the work
   */
  public Preparation(Executor threads) {
    this.threads = threads;
  }

  /**
   * What the work on a job came to; nothing while it goes on. The first call begins it.
   *
   * @throws ExecutionException if it failed; the next call begins it anew
   */
  public Optional<T> of(long job, Callable<T> work) throws ExecutionException {
    FutureTask<T> task = underway.get(job);
    if (task == null) {
      task = new FutureTask<>(work);
      underway.put(job, task);
      threads.execute(task);
    }
    return switch (task.state()) {
      case RUNNING -> Optional.empty();
      case SUCCESS -> Optional.of(task.resultNow());
      case FAILED -> {
        underway.remove(job);
        throw new ExecutionException(task.exceptionNow());
      }
      case CANCELLED -> throw new IllegalStateException("nobody cancels this work");
    };
  }

  /** Lets go of what there is; the next call begins anew. */
  public Optional<T> forget(long job) {
    FutureTask<T> task = underway.remove(job);
    return task != null && task.state() == Future.State.SUCCESS
        ? Optional.of(task.resultNow())
        : Optional.empty();
  }
}
