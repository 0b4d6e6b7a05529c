package ai.opengradient.worker.fleet;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.journal.Task;
import ai.opengradient.worker.journal.TaskEnding;
import ai.opengradient.worker.journal.TaskOffers;
import ai.opengradient.worker.serve.AnswerSource;
import ai.opengradient.worker.serve.RegisteredPrograms;
import ai.opengradient.worker.serve.WrongProgram;
import ai.opengradient.worker.telemetry.FleetLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has executors compute the answers. Files are compared with the registered programs here, so that
 * no executor is asked about a wrong one. A run whose executor is lost is offered again when the
 * job asks for it again, and counts like one that was cut off with the whole worker.
 */
public final class TaskAnswers implements AnswerSource, AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration COUNTING = Duration.ofSeconds(1);
  private static final String NOBODY =
      "no executor has shown a sign of life; start one with `opg worker run --role executor`";

  private final RegisteredPrograms programs;
  private final TaskOffers offers;
  private final FleetLog log;
  private final Map<Long, CompletableFuture<TaskEnding>> awaited = new ConcurrentHashMap<>();
  private volatile Optional<String> obstacle = Optional.empty();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("answers of executors").factory());

  private TaskAnswers(RegisteredPrograms programs, TaskOffers offers, FleetLog log) {
    this.programs = programs;
    this.offers = offers;
    this.log = log;
  }

  /** Begins to look for what executors have done. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public static TaskAnswers start(RegisteredPrograms programs, TaskOffers offers, FleetLog log) {
    TaskAnswers answers = new TaskAnswers(programs, offers, log);
    answers.count();
    answers.clock.scheduleWithFixedDelay(
        answers::collect, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    answers.clock.scheduleWithFixedDelay(
        answers::count, COUNTING.toMillis(), COUNTING.toMillis(), TimeUnit.MILLISECONDS);
    return answers;
  }

  @Override
  public void requireProgram(Binding binding, ModelVersion version, Path file)
      throws InferenceException, WrongProgram {
    programs.require(binding, version, file);
  }

  @Override
  public Answer answer(
      long job, Binding binding, ModelVersion version, Path file, List<Tensor> inputs)
      throws InferenceException, WrongProgram {
    requireProgram(binding, version, file);
    CompletableFuture<TaskEnding> ending = new CompletableFuture<>();
    awaited.put(job, ending);
    try {
      offer(new Task(job, binding.version(), binding.number(), inputs));
      return answer(ending.get(), file);
    } catch (InterruptedException stopping) {
      // Whoever has the lease next finds the task where it is.
      Thread.currentThread().interrupt();
      throw new InferenceException.Cancelled(file);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      awaited.remove(job);
    }
  }

  /**
   * By a thread that nobody interrupts: a connection that is cut off would count as a server that
   * went away.
   */
  private void offer(Task task) {
    CompletableFuture.runAsync(() -> offers.offer(task), clock).join();
  }

  @Override
  public Optional<String> obstacle() {
    return obstacle;
  }

  private static Answer answer(TaskEnding ending, Path file) throws InferenceException {
    return switch (ending) {
      case TaskEnding.Answered answered -> new Answer(answered.outputs(), answered.engine());
      case TaskEnding.Failed failed ->
          throw new InferenceException.Elsewhere(failed.reason(), false);
      case TaskEnding.Harmed harmed ->
          throw new InferenceException.Elsewhere(harmed.reason(), true);
      case TaskEnding.Lost lost -> throw new InferenceException.ExecutorLost(lost.holder());
      case TaskEnding.Dropped _ -> throw new InferenceException.Cancelled(file);
    };
  }

  private void count() {
    try {
      obstacle = offers.executors() > 0 ? Optional.empty() : Optional.of(NOBODY);
    } catch (JournalException lost) {
      // The lease's keeper tells, and stops the worker.
    } catch (RuntimeException failure) {
      log.defect("counting executors", failure);
    }
  }

  private void collect() {
    Set<Long> jobs = Set.copyOf(awaited.keySet());
    if (jobs.isEmpty()) {
      return;
    }
    try {
      offers
          .collect(jobs)
          .forEach((job, ending) -> {
            CompletableFuture<TaskEnding> waiting = awaited.get(job);
            if (waiting != null) {
              waiting.complete(ending);
            }
          });
    } catch (JournalException lost) {
      // The lease's keeper tells, and stops the worker.
    } catch (RuntimeException failure) {
      log.defect("collecting answers of executors", failure);
    }
  }

  @Override
  public void close() {
    clock.close();
  }
}
