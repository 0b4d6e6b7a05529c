package ai.opengradient.worker.journal;

import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs as one executor takes them. Any thread may call it; every method throws {@link
 * JournalException.ServerUnavailable} if the server can't be asked.
 */
public final class TaskQueue {

  private final Jdbi jdbi;
  private final String place;
  private final String holder;
  private final double seconds;

  TaskQueue(Jdbi jdbi, String place, String holder, double seconds) {
    this.jdbi = jdbi;
    this.place = place;
    this.holder = holder;
    this.seconds = seconds;
  }

  /** A sign that this executor is there, for one lease from now on. */
  public void live() {
    ask(handle -> {
      new ExecutorTable(handle).live(holder, seconds);
      return true;
    });
  }

  /** The oldest task that nobody runs; this executor's for one lease from now on. */
  public Optional<TakenTask> take() {
    return ask(handle -> new TaskTable(handle).take(holder, seconds));
  }

  /** Whether the task is still this executor's, which then is so for one more lease. */
  public boolean keep(TakenTask taken) {
    return ask(handle -> new TaskTable(handle).keep(taken.number(), holder, seconds));
  }

  /** Lets others have the task. */
  public void giveBack(TakenTask taken) {
    ask(handle -> {
      new TaskTable(handle).giveBack(taken.number(), holder);
      return true;
    });
  }

  /** Whether the task was still this executor's, and its outcome counts. */
  public boolean finish(TakenTask taken, TaskEnding.Outcome outcome) {
    return ask(handle -> new TaskTable(handle).finish(taken.number(), holder, outcome));
  }

  private <T> T ask(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException failure) {
      throw ServerFailure.told(place, failure);
    }
  }
}
