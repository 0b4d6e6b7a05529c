package ai.opengradient.worker.chain;

import ai.opengradient.canon.tensor.TensorException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From the market's logs to events. */
final class MarketEventDecoder {

  /** The events of jobs, by their canonical signature. */
  enum Kind {
    REQUESTED(
        "JobRequested(uint64,uint32,address,uint8,uint96,uint96,uint24,uint40,uint40,uint40,(uint256,bytes)[])"),
    DECLINED("JobDeclined(uint64,address)"),
    LEASED("JobLeased(uint64,address,uint40)"),
    CLAIMED("JobClaimed(uint64,address,uint96,uint40)"),
    FINALISED("JobFinalised(uint64,address,uint96,uint96,uint96)"),
    CALLBACK_FAILED("CallbackFailed(uint64,bytes)"),
    EXPIRED("JobExpired(uint64,uint96)"),
    FROZEN("JobFrozen(uint64)"),
    RELEASED("JobReleased(uint64)"),
    REFUTED("JobRefuted(uint64,address,uint96,uint96)"),
    WORKER_LATE("WorkerLate(uint64,address,uint96)");

    private final String signature;
    private final String topic;

    Kind(String signature) {
      this.signature = signature;
      this.topic = Abi.topic(signature);
    }

    String signature() {
      return signature;
    }
  }

  /** First topics of all events of jobs. */
  static final List<String> TOPICS = Arrays.stream(Kind.values()).map(kind -> kind.topic).toList();

  private static final int ADDRESS_TOPIC_PADDING = 2 + 24;

  private MarketEventDecoder() {}

  /** The event of a log of the market's; nothing for events that aren't of a job. */
  static Optional<MarketEvent> decode(ChainClient.Log log) {
    return Arrays.stream(Kind.values())
        .filter(kind -> !log.topics().isEmpty() && kind.topic.equals(log.topics().get(0)))
        .findFirst()
        .map(kind -> decode(kind, log));
  }

  private static MarketEvent decode(Kind kind, ChainClient.Log log) {
    try {
      long job = indexedNumber(log, 1);
      LogPosition position = log.position();
      return AbiReader.read(
          "the event " + kind.signature(),
          log.data(),
          data ->
              switch (kind) {
                case REQUESTED -> requested(job, log, data);
                case DECLINED -> new MarketEvent.JobDeclined(job, indexedAddress(log, 2), position);
                case LEASED ->
                    new MarketEvent.JobLeased(job, indexedAddress(log, 2), data.number(), position);
                case CLAIMED ->
                    new MarketEvent.JobClaimed(
                        job, indexedAddress(log, 2), data.amount(), data.number(), position);
                case FINALISED ->
                    new MarketEvent.JobFinalised(
                        job,
                        indexedAddress(log, 2),
                        data.amount(),
                        data.amount(),
                        data.amount(),
                        position);
                case CALLBACK_FAILED ->
                    new MarketEvent.CallbackFailed(job, Hexadecimal.data(data.bytes()), position);
                case EXPIRED -> new MarketEvent.JobExpired(job, data.amount(), position);
                case FROZEN -> new MarketEvent.JobFrozen(job, position);
                case RELEASED -> new MarketEvent.JobReleased(job, position);
                case REFUTED ->
                    new MarketEvent.JobRefuted(
                        job, indexedAddress(log, 2), data.amount(), data.amount(), position);
                case WORKER_LATE ->
                    new MarketEvent.WorkerLate(
                        job, indexedAddress(log, 2), data.amount(), position);
              });
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new ChainException.Undecodable("the event " + kind.signature(), malformed);
    }
  }

  private static MarketEvent requested(long job, ChainClient.Log log, AbiReader data) {
    long version = indexedNumber(log, 2);
    try {
      return new MarketEvent.JobRequested(
          job,
          version,
          indexedAddress(log, 3),
          data.small(),
          data.amount(),
          data.amount(),
          data.small(),
          data.number(),
          data.number(),
          data.number(),
          data.tensors(),
          log.position());
    } catch (TensorException invalid) {
      return new MarketEvent.UnreadableRequest(
          job, version, String.valueOf(invalid.getMessage()), log.position());
    }
  }

  private static long indexedNumber(ChainClient.Log log, int index) {
    return Hexadecimal.number(topic(log, index)).longValueExact();
  }

  private static Address indexedAddress(ChainClient.Log log, int index) {
    return new Address("0x" + topic(log, index).substring(ADDRESS_TOPIC_PADDING));
  }

  private static String topic(ChainClient.Log log, int index) {
    if (index >= log.topics().size()) {
      throw new IllegalArgumentException("topic " + index + " is missing");
    }
    return log.topics().get(index);
  }
}
