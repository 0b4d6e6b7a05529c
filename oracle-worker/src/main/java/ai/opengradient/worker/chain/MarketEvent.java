package ai.opengradient.worker.chain;

import java.util.List;

/** What happened to a job, as the market announced it. Times are chain time in seconds. */
public sealed interface MarketEvent {

  /** The job's id. */
  long job();

  /** Where on the chain it stands. */
  LogPosition position();

  /**
   * A job was asked for.
   *
   * @param drawBlock the block whose hash draws the worker
   * @param claimDeadline of the drawn worker
   * @param lastDeadline after which no claim is taken
   */
  record JobRequested(
      long job,
      long version,
      Address requester,
      int binding,
      Amount maxFee,
      Amount bond,
      int callbackGas,
      long drawBlock,
      long claimDeadline,
      long lastDeadline,
      List<JobTensor> inputs,
      LogPosition position)
      implements MarketEvent {

    public JobRequested {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * A job was asked for whose inputs are no valid tensors (a bool of 7, say), so that no worker can
   * run it.
   */
  record UnreadableRequest(long job, long version, String reason, LogPosition position)
      implements MarketEvent {}

  /** The drawn worker passed the job on. */
  record JobDeclined(long job, Address worker, LogPosition position) implements MarketEvent {}

  /** A worker took the job over, until the deadline. */
  record JobLeased(long job, Address worker, long deadline, LogPosition position)
      implements MarketEvent {}

  /**
   * A worker answered; the fee is the exact total; the challenge window ends at {@code windowEnd}.
   *
   * @param contents where the outputs lie, if they were claimed by reference: a binary content id
   *     each, as hexadecimal digits
   */
  record JobClaimed(
      long job,
      Address worker,
      Amount fee,
      long windowEnd,
      List<String> contents,
      LogPosition position)
      implements MarketEvent {

    public JobClaimed {
      contents = List.copyOf(contents);
    }
  }

  /** The answer is final and everybody has been credited. */
  record JobFinalised(
      long job,
      Address worker,
      Amount workerEarned,
      Amount royaltyPaid,
      Amount protocolFee,
      LogPosition position)
      implements MarketEvent {}

  /**
   * The requester's callback failed, which changes nothing for anybody else.
   *
   * @param reason what it returned, at most 256 bytes, as {@code 0x} and hexadecimal digits
   */
  record CallbackFailed(long job, String reason, LogPosition position) implements MarketEvent {}

  /** Nobody answered in time; the escrow went back. */
  record JobExpired(long job, Amount refunded, LogPosition position) implements MarketEvent {}

  /** The job is disputed. */
  record JobFrozen(long job, LogPosition position) implements MarketEvent {}

  /** The dispute ended in the worker's favour. */
  record JobReleased(long job, LogPosition position) implements MarketEvent {}

  /** The dispute ended against the worker. */
  record JobRefuted(long job, Address winner, Amount refunded, Amount slashed, LogPosition position)
      implements MarketEvent {}

  /** A worker missed its deadline and paid for it. */
  record WorkerLate(long job, Address worker, Amount burned, LogPosition position)
      implements MarketEvent {}
}
