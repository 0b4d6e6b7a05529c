package ai.opengradient.worker.fleet;

import ai.opengradient.store.StoreException;
import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.Pause;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.TakenTask;
import ai.opengradient.worker.journal.Task;
import ai.opengradient.worker.journal.TaskEnding;
import ai.opengradient.worker.journal.TaskQueue;
import ai.opengradient.worker.serve.AnswerSource;
import ai.opengradient.worker.serve.ModelLibrary;
import ai.opengradient.worker.serve.WrongProgram;
import ai.opengradient.worker.telemetry.FleetLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs models for a coordinator, one task after the other, without any key. */
public final class Executor implements AutoCloseable {

  private static final Duration IDLE = Duration.ofMillis(50);
  private static final Duration IN_NEED = Duration.ofSeconds(1);

  private final TaskQueue queue;
  private final ModelLibrary models;
  private final AnswerSource answers;
  private final Duration heartbeat;
  private final Pause pause;
  private final FleetLog log;
  private final Thread thread;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());

  /**
   * Nothing is taken before {@link #start}.
   *
   * @param heartbeat between two signs of life during a run, well below the lease's length
   */
  public Executor(
      TaskQueue queue,
      ModelLibrary models,
      AnswerSource answers,
      Duration heartbeat,
      Pause pause,
      FleetLog log) {
    this.queue = queue;
    this.models = models;
    this.answers = answers;
    this.heartbeat = heartbeat;
    this.pause = pause;
    this.log = log;
    this.thread = Thread.ofPlatform().name("executor").unstarted(this::work);
  }

  /** Begins to take tasks. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public void start() {
    thread.start();
    clock.scheduleWithFixedDelay(
        () -> giveSign(queue::live), 0, heartbeat.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration rest = next();
        if (rest.isPositive()) {
          pause.sleep(rest);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs a task, if there is one, and says how long to wait before the next. */
  private Duration next() {
    try {
      Optional<TakenTask> taken = queue.take();
      return taken.isPresent() ? run(taken.get()) : IDLE;
    } catch (JournalException away) {
      log.serverAway(String.valueOf(away.getMessage()));
      return IN_NEED;
    } catch (RuntimeException failure) {
      log.defect("the executor", failure);
      return IN_NEED;
    }
  }

  private Duration run(TakenTask taken) {
    ScheduledFuture<?> signs =
        clock.scheduleWithFixedDelay(
            () -> giveSign(() -> queue.keep(taken)),
            heartbeat.toMillis(),
            heartbeat.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Optional<TaskEnding.Outcome> outcome = outcome(taken.task());
      if (outcome.isEmpty()) {
        queue.giveBack(taken);
        return IN_NEED;
      }
      if (queue.finish(taken, outcome.get())) {
        log.ran(taken.task().job(), outcome.get().getClass().getSimpleName());
      } else {
        log.tooLate(taken.task().job());
      }
      return Duration.ZERO;
    } finally {
      signs.cancel(false);
    }
  }

  private void giveSign(Runnable sign) {
    try {
      sign.run();
    } catch (RuntimeException missed) {
      log.serverAway(String.valueOf(missed.getMessage()));
    }
  }

  /** Empty if another executor may do better. */
  private Optional<TaskEnding.Outcome> outcome(Task task) {
    try {
      Path file = models.file(task.version());
      ModelVersion version = models.version(task.version());
      AnswerSource.Answer answer =
          answers.answer(
              task.job(),
              new AnswerSource.Binding(task.version(), task.binding()),
              version,
              file,
              task.inputs());
      return Optional.of(new TaskEnding.Answered(answer.outputs(), answer.engine()));
    } catch (InferenceException.Cancelled | InferenceException.StartFailed unfit) {
      return givenBack(task, unfit);
    } catch (InferenceException failure) {
      String reason = String.valueOf(failure.getMessage());
      return Optional.of(
          failure.isHarmful() ? new TaskEnding.Harmed(reason) : new TaskEnding.Failed(reason));
    } catch (WrongProgram failure) {
      return Optional.of(new TaskEnding.Failed(String.valueOf(failure.getMessage())));
    } catch (StoreException | ChainException unfit) {
      return givenBack(task, unfit);
    }
  }

  private Optional<TaskEnding.Outcome> givenBack(Task task, Exception why) {
    log.gaveBack(task.job(), String.valueOf(why.getMessage()));
    return Optional.empty();
  }

  /** Takes no more; a run in progress ends when its process is closed, and others have it then. */
  @Override
  public void close() {
    thread.interrupt();
    clock.shutdownNow();
  }
}
