package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobResult;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.serve.JobTensors;
import ai.opengradient.worker.tensorfile.JsonTensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A job with its outputs, as commands show it.
 *
 * @param fetched the outputs, if those by reference were brought here
 */
record JobView(Job job, JobResult result, Optional<List<Tensor>> fetched) {
  static JobView read(MarketReader market, long id) {
    Job job = market.job(id);
    return new JobView(job, market.result(job), Optional.empty());
  }

  /** The same with what was claimed by reference, checked against its root. */
  JobView fetch(VerifiedFetch fetch) {
    return new JobView(job, result, Optional.of(JobTensors.resolve(result.outputs(), fetch)));
  }

  /** Whether there is something to fetch. */
  boolean isByReference() {
    return result.outputs().stream().anyMatch(JobTensor.ByReference.class::isInstance);
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

  /** What the chain calls it, as commands write it. */
  static String label(Enum<?> state) {
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
        .with("outputsByReference", job.outputsByReference())
        .with("outputs", outputs());
  }

  private List<Fields> outputs() {
    List<Fields> outputs = new ArrayList<>();
    for (int output = 0; output < result.outputs().size(); output++) {
      JobTensor given = result.outputs().get(output);
      Fields fields =
          new Fields()
              .with("type", given.type().dataType().label())
              .with("shape", given.type().shape());
      switch (given) {
        case JobTensor.Inline(Tensor tensor) -> fields.with("value", JsonTensor.write(tensor));
        case JobTensor.ByReference reference -> {
          fields.with("root", reference.root()).with("cid", content(reference));
          if (fetched.isPresent()) {
            fields.with("value", JsonTensor.write(fetched.get().get(output)));
          }
        }
      }
      outputs.add(fields);
    }
    return outputs;
  }

  /** What its worker gave as content id, which may be none. */
  private static String content(JobTensor.ByReference reference) {
    try {
      return ContentId.fromBytes(reference.contentBytes()).toString();
    } catch (StoreException.InvalidContentId notOne) {
      return "0x" + reference.content();
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Job " + job.id() + " is " + sentence() + ".");
    for (JobTensor output : result.outputs()) {
      lines.add("  " + output.type() + " " + text(output));
    }
    return lines;
  }

  /** What is claimed by reference is mostly too long to be printed. */
  private String text(JobTensor output) {
    return switch (output) {
      case JobTensor.Inline(Tensor tensor) -> String.valueOf(JsonTensor.write(tensor));
      case JobTensor.ByReference reference ->
          content(reference)
              + (fetched.isPresent() ? ", fetched; its tree root is " : " with the tree root ")
              + reference.root();
    };
  }
}
