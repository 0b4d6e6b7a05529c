package ai.opengradient.worker.chain;

import ai.opengradient.canon.tensor.TensorException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint24;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;

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
      return switch (kind) {
        case REQUESTED -> requested(job, log);
        case DECLINED -> new MarketEvent.JobDeclined(job, indexedAddress(log, 2), position);
        case LEASED -> {
          List<Type<?>> data = data(kind, log, new TypeReference<Uint40>() {});
          yield new MarketEvent.JobLeased(
              job, indexedAddress(log, 2), Abi.number(data.get(0)), position);
        }
        case CLAIMED -> {
          List<Type<?>> data =
              data(kind, log, new TypeReference<Uint96>() {}, new TypeReference<Uint40>() {});
          yield new MarketEvent.JobClaimed(
              job,
              indexedAddress(log, 2),
              Abi.amount(data.get(0)),
              Abi.number(data.get(1)),
              position);
        }
        case FINALISED -> {
          List<Type<?>> data =
              data(
                  kind,
                  log,
                  new TypeReference<Uint96>() {},
                  new TypeReference<Uint96>() {},
                  new TypeReference<Uint96>() {});
          yield new MarketEvent.JobFinalised(
              job,
              indexedAddress(log, 2),
              Abi.amount(data.get(0)),
              Abi.amount(data.get(1)),
              Abi.amount(data.get(2)),
              position);
        }
        case CALLBACK_FAILED -> {
          List<Type<?>> data = data(kind, log, new TypeReference<DynamicBytes>() {});
          yield new MarketEvent.CallbackFailed(job, Abi.text(data.get(0)), position);
        }
        case EXPIRED -> {
          List<Type<?>> data = data(kind, log, new TypeReference<Uint96>() {});
          yield new MarketEvent.JobExpired(job, Abi.amount(data.get(0)), position);
        }
        case FROZEN -> new MarketEvent.JobFrozen(job, position);
        case RELEASED -> new MarketEvent.JobReleased(job, position);
        case REFUTED -> {
          List<Type<?>> data =
              data(kind, log, new TypeReference<Uint96>() {}, new TypeReference<Uint96>() {});
          yield new MarketEvent.JobRefuted(
              job,
              indexedAddress(log, 2),
              Abi.amount(data.get(0)),
              Abi.amount(data.get(1)),
              position);
        }
        case WORKER_LATE -> {
          List<Type<?>> data = data(kind, log, new TypeReference<Uint96>() {});
          yield new MarketEvent.WorkerLate(
              job, indexedAddress(log, 2), Abi.amount(data.get(0)), position);
        }
      };
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new ChainException.Undecodable("the event " + kind.signature(), malformed);
    }
  }

  private static MarketEvent requested(long job, ChainClient.Log log) {
    long version = indexedNumber(log, 2);
    List<Type<?>> data =
        data(
            Kind.REQUESTED,
            log,
            new TypeReference<Uint8>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint24>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<DynamicArray<AbiStructs.TensorStruct>>() {});
    try {
      return new MarketEvent.JobRequested(
          job,
          version,
          indexedAddress(log, 3),
          (int) Abi.number(data.get(0)),
          Abi.amount(data.get(1)),
          Abi.amount(data.get(2)),
          (int) Abi.number(data.get(3)),
          Abi.number(data.get(4)),
          Abi.number(data.get(5)),
          Abi.number(data.get(6)),
          Abi.tensors(data.get(7)),
          log.position());
    } catch (TensorException invalid) {
      return new MarketEvent.UnreadableRequest(
          job, version, String.valueOf(invalid.getMessage()), log.position());
    }
  }

  private static List<Type<?>> data(Kind kind, ChainClient.Log log, TypeReference<?>... types) {
    return Abi.decode("the event " + kind.signature(), log.data(), Arrays.asList(types));
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
