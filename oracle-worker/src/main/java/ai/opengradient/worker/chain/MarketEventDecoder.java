package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** What stands before the event of a request that has inputs by reference. */
  static final String INPUTS_REFERENCED = "JobInputsReferenced(uint64,(uint8,bytes32,bytes)[])";

  /** What stands before the event of a claim by reference. */
  static final String OUTPUTS_REFERENCED = "JobOutputsReferenced(uint64,bytes[])";

  private static final String INPUTS_TOPIC = Abi.topic(INPUTS_REFERENCED);
  private static final String OUTPUTS_TOPIC = Abi.topic(OUTPUTS_REFERENCED);

  /** First topics of all events of jobs. */
  static final List<String> TOPICS =
      Stream.concat(
              Stream.of(INPUTS_TOPIC, OUTPUTS_TOPIC),
              Arrays.stream(Kind.values()).map(kind -> kind.topic))
          .toList();

  /** First topics of a claim's events. */
  static final List<String> CLAIM_TOPICS = List.of(OUTPUTS_TOPIC, Kind.CLAIMED.topic);

  private MarketEventDecoder() {}

  /** Where the data of an input lie. */
  private record Reference(Hash root, String content) {}

  /**
   * The events of jobs in logs of the market's. The logs are in the chain's order and of whole
   * transactions: what a request or a claim says of its references stands in a log before its own.
   */
  static List<MarketEvent> decode(List<ChainClient.Log> logs) {
    List<MarketEvent> events = new ArrayList<>();
    Map<Integer, Reference> references = Map.of();
    List<String> contents = List.of();
    for (ChainClient.Log log : logs) {
      if (log.isOf(INPUTS_TOPIC)) {
        references = references(log);
        continue;
      }
      if (log.isOf(OUTPUTS_TOPIC)) {
        contents = contents(log);
        continue;
      }
      Optional<Kind> known =
          Arrays.stream(Kind.values()).filter(kind -> log.isOf(kind.topic)).findFirst();
      if (known.isPresent()) {
        events.add(decode(known.get(), log, references, contents));
        references = Map.of();
        contents = List.of();
      }
    }
    return events;
  }

  /** By the input's index. */
  private static Map<Integer, Reference> references(ChainClient.Log log) {
    Map<Integer, Reference> references = new HashMap<>();
    AbiReader.read(
            "the event " + INPUTS_REFERENCED,
            log.data(),
            data ->
                data.structs(reference ->
                    Map.entry(
                        reference.small(),
                        new Reference(
                            reference.hash(), HexFormat.of().formatHex(reference.bytes())))))
        .forEach(reference -> references.put(reference.getKey(), reference.getValue()));
    return references;
  }

  /** By the output's index. */
  private static List<String> contents(ChainClient.Log log) {
    return AbiReader.read(
        "the event " + OUTPUTS_REFERENCED,
        log.data(),
        data -> data.list(content -> HexFormat.of().formatHex(content.bytes())));
  }

  private static MarketEvent decode(
      Kind kind, ChainClient.Log log, Map<Integer, Reference> references, List<String> contents) {
    try {
      long job = log.number(1);
      LogPosition position = log.position();
      return AbiReader.read(
          "the event " + kind.signature(),
          log.data(),
          data ->
              switch (kind) {
                case REQUESTED -> requested(job, log, data, references);
                case DECLINED -> new MarketEvent.JobDeclined(job, log.address(2), position);
                case LEASED ->
                    new MarketEvent.JobLeased(job, log.address(2), data.number(), position);
                case CLAIMED ->
                    new MarketEvent.JobClaimed(
                        job, log.address(2), data.amount(), data.number(), contents, position);
                case FINALISED ->
                    new MarketEvent.JobFinalised(
                        job, log.address(2), data.amount(), data.amount(), data.amount(), position);
                case CALLBACK_FAILED ->
                    new MarketEvent.CallbackFailed(job, Hexadecimal.data(data.bytes()), position);
                case EXPIRED -> new MarketEvent.JobExpired(job, data.amount(), position);
                case FROZEN -> new MarketEvent.JobFrozen(job, position);
                case RELEASED -> new MarketEvent.JobReleased(job, position);
                case REFUTED ->
                    new MarketEvent.JobRefuted(
                        job, log.address(2), data.amount(), data.amount(), position);
                case WORKER_LATE ->
                    new MarketEvent.WorkerLate(job, log.address(2), data.amount(), position);
              });
    } catch (IllegalArgumentException | ArithmeticException malformed) {
      throw new ChainException.Undecodable("the event " + kind.signature(), malformed);
    }
  }

  private static MarketEvent requested(
      long job, ChainClient.Log log, AbiReader data, Map<Integer, Reference> references) {
    long version = log.number(2);
    try {
      return new MarketEvent.JobRequested(
          job,
          version,
          log.address(3),
          data.small(),
          data.amount(),
          data.amount(),
          data.small(),
          data.number(),
          data.number(),
          data.number(),
          inputs(data, references),
          log.position());
    } catch (TensorException invalid) {
      return new MarketEvent.UnreadableRequest(
          job, version, String.valueOf(invalid.getMessage()), log.position());
    }
  }

  private static List<JobTensor> inputs(AbiReader data, Map<Integer, Reference> references) {
    List<JobTensor> inputs = new ArrayList<>();
    for (Map.Entry<TensorType, byte[]> tensor : data.tensors()) {
      TensorType type = tensor.getKey();
      Reference reference = references.get(inputs.size());
      inputs.add(
          reference == null
              ? new JobTensor.Inline(Tensor.of(type, tensor.getValue()))
              : new JobTensor.ByReference(type, reference.root(), reference.content()));
    }
    return inputs;
  }
}
