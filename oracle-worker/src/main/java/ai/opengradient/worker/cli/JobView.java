package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobResult;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.tensorfile.JsonTensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A job with its outputs, as commands show it. */
record JobView(Job job, JobResult result) {
  static JobView read(MarketReader market, long id) {
    return new JobView(market.job(id), market.result(id));
  }

  /** Finalised, expired or refuted: nothing can happen to it any more. */
  boolean isOver() {
    return switch (job.state()) {
      case FINALISED, EXPIRED, REFUTED -> true;
      case NONE, REQUESTED, OPEN, LEASED, CLAIMED, FROZEN -> false;
    };
  }

  /** Whether there are outputs, provisional or final. */
  boolean isAnswered() {
    return !result.outputs().isEmpty();
  }

  static String label(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** The state in a sentence. */
  String sentence() {
    return switch (job.state()) {
      case NONE -> "unknown";
      case REQUESTED -> "requested, the drawn worker has until " + time(job.phaseEnd());
      case OPEN -> "open to every worker until " + time(job.lastDeadline());
      case LEASED -> "leased by " + job.worker() + " until " + time(job.phaseEnd());
      case CLAIMED -> "claimed by " + job.worker() + ", final after " + time(job.phaseEnd());
      case FROZEN -> "claimed by " + job.worker() + " and disputed";
      case FINALISED -> "finalised, answered by " + job.worker();
      case EXPIRED -> "expired without an answer; the fee was refunded";
      case REFUTED -> "refuted; the fee was refunded";
    };
  }

  /** Chain time for people. */
  private static Instant time(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  Fields fields() {
    return new Fields()
        .with("job", job.id())
        .with("state", label(job.state()))
        .with("final", result.isFinal())
        .with("version", job.version())
        .with("requester", job.requester())
        .with("worker", job.worker().isZero() ? null : job.worker())
        .with("fee", job.fee())
        .with("bond", job.bond())
        .with("requestedAt", job.requestedAt())
        .with("phaseEnd", job.phaseEnd())
        .with("lastDeadline", job.lastDeadline())
        .with("outputs", TensorFields.ofValues(result.outputs()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Job " + job.id() + " is " + sentence() + ".");
    for (Tensor output : result.outputs()) {
      lines.add("  " + output.type() + " " + JsonTensor.write(output));
    }
    return lines;
  }
}
