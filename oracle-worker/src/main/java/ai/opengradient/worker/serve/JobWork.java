package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.store.StoreException;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.job.Effect;
import ai.opengradient.worker.job.Event;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;
import ai.opengradient.worker.journal.JobRecord;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.RunRecord;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.telemetry.WorkerMetrics;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.OutboxEntry;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.Stage;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what a job's state wants. Any thread may call it; it may wait for the chain, a store or the
 * inference process.
 */
final class JobWork {

  private static final double NANOSECONDS = 1e9;

  private final ChainFacts chain;
  private final ModelLibrary models;
  private final AnswerSource answers;
  private final OutputHolds holds;
  private final Journal journal;
  private final Outbox outbox;
  private final MarketCalls calls;
  private final WorkerLog log;
  private final WorkerMetrics metrics;

  /**
   * @param holds keeps the outputs that are claimed by reference
   */
  JobWork(
      ChainFacts chain,
      ModelLibrary models,
      AnswerSource answers,
      OutputHolds holds,
      Journal journal,
      MarketCalls calls,
      WorkerLog log,
      WorkerMetrics metrics) {
    this.chain = chain;
    this.models = models;
    this.answers = answers;
    this.holds = holds;
    this.journal = journal;
    this.outbox = journal.outbox();
    this.calls = calls;
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * Does it.
   *
   * @param now chain time, seconds
   * @throws ai.opengradient.worker.chain.ChainException if the chain can't be asked
   */
  Finding run(JobRecord job, Effect effect, long now) {
    return switch (effect) {
      case Effect.LookUpDraw _ ->
          chain
              .draw(job.id())
              .<Finding>map(Finding.Occurred::new)
              .orElseGet(Finding.NothingYet::new);
      case Effect.Judge judge -> weigh(job, judge.takingOver());
      case Effect.FetchModel _ -> fetch(job, now);
      case Effect.RunInference _ -> infer(job, now);
      case Effect.SendDecline _ ->
          send(
              job,
              "decline/" + job.id(),
              OutboxEntry.NO_DEADLINE,
              now,
              () -> calls.decline(job.id(), chain.worker()));
      case Effect.SendLease _ ->
          send(
              job,
              "lease/" + job.id(),
              job.terms().lastDeadline(),
              now,
              () -> calls.lease(job.id(), chain.worker()));
      case Effect.SendClaim _ ->
          send(
              job,
              "claim/" + job.id(),
              claimDeadline(job),
              now,
              () -> calls.claim(job.id(), chain.worker(), journal.outputs(job.id())));
      case Effect.SendFinalise finalise ->
          send(
              job,
              "finalise/" + job.id() + "/" + finalise.attempt(),
              OutboxEntry.NO_DEADLINE,
              now,
              () -> calls.finalise(job.id()));
      case Effect.Observe _ ->
          new Finding.Occurred(new Event.Observed(chain.standing(job.id()), now));
    };
  }

  /** Why no job could be answered at present. */
  Optional<String> obstacle() {
    return answers.obstacle();
  }

  private Finding weigh(JobRecord job, boolean takingOver) {
    Job standing = chain.job(job.id());
    ModelVersion version = models.version(job.version());
    return new Finding.Weighed(
        job.version(),
        new Admission.Question(
            takingOver,
            version,
            job.binding(),
            inputs(job),
            standing.bond(),
            chain.parametersOf(standing).priceWithin(standing.fee(), version.royalty())),
        chain.price(job.version()),
        chain.freeStake());
  }

  /** Empty if they can't be had here and now. */
  private List<Tensor> inputs(JobRecord job) {
    try {
      return models.tensors(journal.inputs(job.id()));
    } catch (StoreException | TensorException unavailable) {
      return List.of();
    }
  }

  private Finding fetch(JobRecord job, long now) {
    try {
      Path file = models.file(job.version());
      answers.requireProgram(binding(job), models.version(job.version()), file);
      return new Finding.Occurred(new Event.ModelReady());
    } catch (InferenceException.Cancelled stopping) {
      return new Finding.NothingYet();
    } catch (InferenceException | WrongProgram failure) {
      return failed(String.valueOf(failure.getMessage()), now);
    } catch (StoreException failure) {
      return mayComeLater(failure) && !canDecline(job, now)
          ? new Finding.NothingYet()
          : failed(String.valueOf(failure.getMessage()), now);
    }
  }

  /** Whether another try may bring the file. */
  private static boolean mayComeLater(StoreException failure) {
    return failure instanceof StoreException.SourceUnavailable
        || failure instanceof StoreException.MissingBlock
        || failure instanceof StoreException.NoSourceLeft;
  }

  private static boolean canDecline(JobRecord job, long now) {
    return job.state() instanceof State.Fetching(Turn.Drawn drawn)
        && now <= drawn.declineDeadline();
  }

  private Finding infer(JobRecord job, long now) {
    List<JobTensor> done = journal.outputs(job.id());
    if (!done.isEmpty()) {
      return new Finding.Answered(done);
    }
    Optional<RunRecord> before = journal.run(job.id());
    if (before.isPresent() && Quarantine.isDue(before.get())) {
      return quarantined(job, before.get(), now);
    }
    RunRecord run = Quarantine.beginning(job.id(), job.version(), before);
    journal.keep(run, "begun");
    try {
      Path file = models.file(job.version());
      Timer.Sample sample = metrics.inferenceBegins();
      ModelVersion version = models.version(job.version());
      AnswerSource.Answer answer =
          answers.answer(
              job.id(), binding(job), version, file, models.tensors(journal.inputs(job.id())));
      List<Tensor> outputs = answer.outputs();
      long nanoseconds = metrics.inferenceEnds(sample);
      log.jobAnswered(job.id(), nanoseconds / NANOSECONDS, answer.engine());
      Optional<String> objection =
          Answers.objection(outputs, version.bindings().get(job.binding()));
      return objection
          .map(reason -> failed(reason, now))
          .orElseGet(() -> new Finding.Answered(given(job, outputs)));
    } catch (InferenceException.Cancelled stopping) {
      // A worker that is stopped is no fault of the job's.
      journal.keep(run.notBegun(), "cancelled");
      return new Finding.NothingYet();
    } catch (InferenceException.ExecutorLost lost) {
      // It stays begun, like a run that was cut off with the whole worker.
      log.runFailed(job.id(), String.valueOf(lost.getMessage()));
      return new Finding.NothingYet();
    } catch (InferenceException failure) {
      String reason = String.valueOf(failure.getMessage());
      return failure.isHarmful() ? harmed(job, run, reason, now) : failed(reason, now);
    } catch (WrongProgram | StoreException | TensorException failure) {
      return failed(String.valueOf(failure.getMessage()), now);
    }
  }

  /** The run killed its process: once it may be tried again. */
  private Finding harmed(JobRecord job, RunRecord run, String reason, long now) {
    RunRecord after = run.killed(reason);
    if (Quarantine.isDue(after)) {
      return quarantined(job, after, now);
    }
    journal.keep(after, "failed");
    log.runFailed(job.id(), reason);
    return new Finding.NothingYet();
  }

  private Finding quarantined(JobRecord job, RunRecord run, long now) {
    journal.keep(run.inQuarantine(), "quarantined");
    log.jobQuarantined(job.id(), run.reason());
    return failed("in quarantine: " + run.reason(), now);
  }

  /** In the way that the request chose. What is claimed by reference is in the store before. */
  private List<JobTensor> given(JobRecord job, List<Tensor> outputs) {
    return chain.job(job.id()).outputsByReference()
        ? outputs.stream().<JobTensor>map(output -> holds.keep(job.id(), output)).toList()
        : JobTensor.inline(outputs);
  }

  private static AnswerSource.Binding binding(JobRecord job) {
    return new AnswerSource.Binding(job.version(), job.binding());
  }

  private static Finding failed(String reason, long now) {
    return new Finding.Occurred(new Event.WorkFailed(reason, now));
  }

  private static long claimDeadline(JobRecord job) {
    return job.state() instanceof State.Claiming(Turn turn)
        ? turn.deadline()
        : job.terms().lastDeadline();
  }

  /**
   * Puts the transaction into the outbox, or says what became of it there.
   *
   * @param deadline chain time, seconds, by which it must be mined
   */
  private Finding send(JobRecord job, String effect, long deadline, long now, Supplier<Call> call) {
    EffectKey key = new EffectKey(effect);
    Optional<OutboxEntry> entry = outbox.find(key);
    if (entry.isEmpty()) {
      outbox.intend(key, call.get(), deadline);
      return new Finding.NothingYet();
    }
    return entry.get().stage() instanceof Stage.Closed closed
        ? closed(job, closed.outcome(), now)
        : new Finding.NothingYet();
  }

  private Finding closed(JobRecord job, Outcome outcome, long now) {
    return switch (outcome) {
      // The chain's log moves the job on.
      case Outcome.Mined _ -> new Finding.NothingYet();
      case Outcome.LostRace lost -> unsent(job, "someone was faster: " + lost.error(), now);
      case Outcome.Reverted reverted -> unsent(job, "reverted: " + reverted.error(), now);
      case Outcome.Refused refused -> unsent(job, "refused: " + refused.error(), now);
      case Outcome.Cancelled _ -> unsent(job, "given up before it was on the chain", now);
    };
  }

  private Finding unsent(JobRecord job, String reason, long now) {
    log.sendFailed(job.id(), reason);
    return new Finding.Occurred(new Event.SendFailed(reason, now));
  }
}
