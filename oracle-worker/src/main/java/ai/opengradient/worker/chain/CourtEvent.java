package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.dispute.Bytes;
import ai.opengradient.worker.dispute.Path;
import java.math.BigInteger;
import java.util.List;

/** What happened in court, as it announced it. Times are chain time in seconds. */
public sealed interface CourtEvent {

  /** Where on the chain it stands. */
  LogPosition position();

  /** A challenge was committed to; nobody sees to which job. */
  record ChallengeCommitted(
      long challenge,
      Address challenger,
      Hash commitment,
      Amount bond,
      long openDeadline,
      LogPosition position)
      implements CourtEvent {}

  /** A challenge showed its job. */
  record ChallengeOpened(long challenge, long job, Address challenger, LogPosition position)
      implements CourtEvent {}

  /** The job's first challenge is open: its worker has until then to assert its trace. */
  record TraceDue(long job, Address worker, long deadline, LogPosition position)
      implements CourtEvent {}

  /**
   * The worker asserted its trace.
   *
   * @param root of the tree over the nodes' tensors
   */
  record TraceAsserted(long job, Address worker, Hash root, LogPosition position)
      implements CourtEvent {}

  /**
   * A challenger asked.
   *
   * @param deadline of the answer
   * @param prepaid for it, in wei
   */
  record Asked(
      long challenge, long job, Path path, long deadline, BigInteger prepaid, LogPosition position)
      implements CourtEvent {}

  /** Somebody answered with hashes. */
  record HashesRevealed(long job, Path path, List<Hash> hashes, LogPosition position)
      implements CourtEvent {

    public HashesRevealed {
      hashes = List.copyOf(hashes);
    }
  }

  /** Somebody answered with a leaf. */
  record LeafRevealed(long job, Path path, Bytes leaf, LogPosition position)
      implements CourtEvent {}

  /** Somebody answered that the tensor is the void one. */
  record VoidRevealed(long job, Path path, LogPosition position) implements CourtEvent {}

  /**
   * Terms of a fold were added.
   *
   * @param until the row-major number of the first term that is not in the accumulator
   */
  record Accumulated(
      long challenge, int node, int element, int until, Bytes accumulator, LogPosition position)
      implements CourtEvent {}

  /** An element of the trace was shown to be false. */
  record StepDisproved(long challenge, long node, long element, LogPosition position)
      implements CourtEvent {}

  /** An element of the claim was shown to be false. */
  record OutputDisproved(long challenge, int output, long element, LogPosition position)
      implements CourtEvent {}

  /** The worker's time in the challenge ran out. */
  record WorkerSilent(long challenge, LogPosition position) implements CourtEvent {}

  /**
   * The claim has fallen.
   *
   * @param deadline until which a challenge committed earlier may take the winner's place
   */
  record ClaimRefuted(long job, long challenge, long deadline, LogPosition position)
      implements CourtEvent {}

  /** The challenger's time ran out. */
  record ChallengeLost(
      long challenge, long job, Amount compensation, Amount burned, LogPosition position)
      implements CourtEvent {}

  /** Who ended a challenge whose challenger's time ran out has its share of the lost bond. */
  record TimeoutRewarded(long challenge, Address sender, Amount reward, LogPosition position)
      implements CourtEvent {}

  /** A challenge was not opened in time. */
  record ChallengeForfeited(long challenge, Amount burned, LogPosition position)
      implements CourtEvent {}

  /**
   * A challenger has its bond back.
   *
   * @param prepaid for an answer that never came, in wei
   */
  record BondReturned(long challenge, Amount bond, BigInteger prepaid, LogPosition position)
      implements CourtEvent {}

  /** The market was told how the dispute ended. */
  record Settled(long job, Dispute.Stage stage, long winner, LogPosition position)
      implements CourtEvent {}
}
