package ai.opengradient.worker.chain;

import ai.opengradient.worker.dispute.Bytes;
import ai.opengradient.worker.dispute.DisputeException;
import ai.opengradient.worker.dispute.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From the court's logs to events. */
final class CourtEventDecoder {

  /** What an event's indexed fields name. */
  enum Subject {
    /** The job, first. */
    JOB,
    /** A challenge, then its job. */
    CHALLENGE_OF_JOB,
    /** A challenge alone. */
    CHALLENGE
  }

  /** The events of disputes, by their canonical signature. */
  enum Kind {
    COMMITTED("ChallengeCommitted(uint64,address,bytes32,uint96,uint40)", Subject.CHALLENGE),
    OPENED("ChallengeOpened(uint64,uint64,address)", Subject.CHALLENGE_OF_JOB),
    TRACE_DUE("TraceDue(uint64,address,uint40)", Subject.JOB),
    TRACE_ASSERTED("TraceAsserted(uint64,address,bytes32,bytes32)", Subject.JOB),
    ASKED("Asked(uint64,uint64,uint80,uint40,uint96)", Subject.CHALLENGE_OF_JOB),
    HASHES_REVEALED("HashesRevealed(uint64,uint80,bytes32[])", Subject.JOB),
    LEAF_REVEALED("LeafRevealed(uint64,uint80,bytes)", Subject.JOB),
    VOID_REVEALED("VoidRevealed(uint64,uint80)", Subject.JOB),
    ACCUMULATED("Accumulated(uint64,uint32,uint32,uint32,bytes)", Subject.CHALLENGE),
    STEP_DISPROVED("StepDisproved(uint64,uint32,uint32)", Subject.CHALLENGE),
    OUTPUT_DISPROVED("OutputDisproved(uint64,uint8,uint32)", Subject.CHALLENGE),
    WORKER_SILENT("WorkerSilent(uint64)", Subject.CHALLENGE),
    REFUTED("ClaimRefuted(uint64,uint64,uint40)", Subject.JOB),
    LOST("ChallengeLost(uint64,uint64,uint96,uint96)", Subject.CHALLENGE_OF_JOB),
    TIMEOUT_REWARDED("TimeoutRewarded(uint64,address,uint96)", Subject.CHALLENGE),
    FORFEITED("ChallengeForfeited(uint64,uint96)", Subject.CHALLENGE),
    BOND_RETURNED("BondReturned(uint64,uint96,uint96)", Subject.CHALLENGE),
    SETTLED("Settled(uint64,uint8,uint64)", Subject.JOB);

    private final String signature;
    private final Subject subject;
    private final String topic;

    Kind(String signature, Subject subject) {
      this.signature = signature;
      this.subject = subject;
      this.topic = Abi.topic(signature);
    }

    String signature() {
      return signature;
    }

    String topic() {
      return topic;
    }
  }

  private CourtEventDecoder() {}

  /** First topics of the events of this subject. */
  static List<String> topics(Subject subject) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.subject == subject)
        .map(Kind::topic)
        .toList();
  }

  /** The events in logs of the court's. */
  static List<CourtEvent> decode(List<ChainClient.Log> logs) {
    return logs.stream().map(CourtEventDecoder::decode).flatMap(Optional::stream).toList();
  }

  private static Optional<CourtEvent> decode(ChainClient.Log log) {
    return Arrays.stream(Kind.values())
        .filter(kind -> log.isOf(kind.topic))
        .findFirst()
        .map(kind -> decode(kind, log));
  }

  private static CourtEvent decode(Kind kind, ChainClient.Log log) {
    try {
      return AbiReader.read(
          "the event " + kind.signature(), log.data(), data -> read(kind, log, data));
    } catch (DisputeException noPath) {
      throw new ChainException.Undecodable("the event " + kind.signature(), noPath);
    }
  }

  private static CourtEvent read(Kind kind, ChainClient.Log log, AbiReader data) {
    LogPosition position = log.position();
    long first = log.number(1);
    return switch (kind) {
      case COMMITTED ->
          new CourtEvent.ChallengeCommitted(
              first, log.address(2), data.hash(), data.amount(), data.number(), position);
      case OPENED -> new CourtEvent.ChallengeOpened(first, log.number(2), log.address(3), position);
      case TRACE_DUE -> new CourtEvent.TraceDue(first, log.address(2), data.number(), position);
      case TRACE_ASSERTED ->
          new CourtEvent.TraceAsserted(first, log.address(2), data.hash(), position);
      case ASKED ->
          new CourtEvent.Asked(
              first, log.number(2), path(log, 3), data.number(), data.integer(), position);
      case HASHES_REVEALED ->
          new CourtEvent.HashesRevealed(first, path(log, 2), data.list(AbiReader::hash), position);
      case LEAF_REVEALED ->
          new CourtEvent.LeafRevealed(first, path(log, 2), Bytes.of(data.bytes()), position);
      case VOID_REVEALED -> new CourtEvent.VoidRevealed(first, path(log, 2), position);
      case ACCUMULATED ->
          new CourtEvent.Accumulated(
              first, data.small(), data.small(), data.small(), Bytes.of(data.bytes()), position);
      case STEP_DISPROVED ->
          new CourtEvent.StepDisproved(first, data.number(), data.number(), position);
      case OUTPUT_DISPROVED ->
          new CourtEvent.OutputDisproved(first, data.small(), data.number(), position);
      case WORKER_SILENT -> new CourtEvent.WorkerSilent(first, position);
      case REFUTED -> new CourtEvent.ClaimRefuted(first, log.number(2), data.number(), position);
      case LOST ->
          new CourtEvent.ChallengeLost(
              first, log.number(2), data.amount(), data.amount(), position);
      case TIMEOUT_REWARDED ->
          new CourtEvent.TimeoutRewarded(first, log.address(2), data.amount(), position);
      case FORFEITED -> new CourtEvent.ChallengeForfeited(first, data.amount(), position);
      case BOND_RETURNED ->
          new CourtEvent.BondReturned(first, data.amount(), data.integer(), position);
      case SETTLED ->
          new CourtEvent.Settled(
              first, Dispute.Stage.fromCode(data.small()), data.number(), position);
    };
  }

  private static Path path(ChainClient.Log log, int topic) {
    return Path.of(log.integer(topic));
  }
}
