package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * What the market says at the newest block. A refusal is {@link ChainException.CallRefused} with
 * the market's error.
 */
public final class MarketReader {

  private final ChainClient node;
  private final ContractView view;
  private final ContractView sets;
  private final LogRanges logs;

  public MarketReader(ChainClient node, Deployment deployment) {
    this.node = node;
    this.view = new ContractView(node, deployment.market());
    this.sets = new ContractView(node, deployment.parameterSets());
    this.logs = new LogRanges(node, deployment.market());
  }

  /** The number of jobs; ids are 1 to it. */
  public long jobCount() {
    return view.read("jobCount()", AbiReader::number);
  }

  /** A job; refused with {@code UnknownJob}. */
  public Job job(long id) {
    return view.read("jobOf(uint64)", fields -> job(id, fields), new Uint64(id));
  }

  private static Job job(long id, AbiReader fields) {
    return new Job(
        id,
        fields.address(),
        fields.number(),
        fields.small(),
        JobState.fromCode(fields.small()),
        fields.small(),
        fields.small(),
        fields.flag(),
        fields.address(),
        fields.amount(),
        fields.amount(),
        fields.number(),
        fields.number(),
        fields.number(),
        fields.number(),
        fields.hash());
  }

  /** A job's outputs, if it has any. */
  public JobResult result(Job job) {
    try {
      return view.read("resultOf(uint64)", fields -> result(job, fields), new Uint64(job.id()));
    } catch (TensorException invalid) {
      throw new ChainException.Undecodable("the result of job " + job.id(), invalid);
    }
  }

  private JobResult result(Job job, AbiReader fields) {
    JobState state = JobState.fromCode(fields.small());
    List<Map.Entry<TensorType, byte[]>> tensors = fields.tensors();
    if (!job.outputsByReference() || tensors.isEmpty()) {
      return new JobResult(
          state,
          tensors.stream()
              .<JobTensor>map(
                  tensor -> new JobTensor.Inline(Tensor.of(tensor.getKey(), tensor.getValue())))
              .toList());
    }
    List<String> contents = claim(job).contents();
    if (contents.size() != tensors.size()) {
      throw new ChainException.Undecodable("the content ids of job " + job.id(), null);
    }
    List<JobTensor> outputs = new ArrayList<>();
    for (int output = 0; output < tensors.size(); output++) {
      Map.Entry<TensorType, byte[]> tensor = tensors.get(output);
      outputs.add(
          new JobTensor.ByReference(
              tensor.getKey(), Hash.of(tensor.getValue()), contents.get(output)));
    }
    return new JobResult(state, outputs);
  }

  /** Who was drawn for a job; refused with {@code UnknownJob}. */
  public Draw drawnWorker(long job) {
    try {
      Address worker = view.read("drawnWorkerOf(uint64)", AbiReader::address, new Uint64(job));
      return worker.isZero() ? new Draw.NoneFits() : new Draw.Drawn(worker);
    } catch (ChainException.CallRefused refused) {
      return switch (refused.error().name()) {
        case "NotDrawnYet" -> new Draw.NotYet();
        case "DrawHashUnavailable" -> new Draw.HashGone();
        default -> throw refused;
      };
    }
  }

  /**
   * What a request of the version with at least this job bond would cost now; refused with {@code
   * NoOffers}.
   */
  public Quote quote(long version, Amount bond) {
    return view.read(
        "quote(uint32,uint96)",
        quote -> new Quote(quote.amount(), quote.amount(), quote.number(), quote.amount()),
        new Uint32(version),
        new Uint96(bond.units()));
  }

  /** What the account can withdraw from the market. */
  public Amount balance(Address account) {
    return view.read("balanceOf(address)", AbiReader::amount, Abi.address(account));
  }

  /** The id of the parameter set that the next request gets. */
  public int currentParameters() {
    return sets.read("current()", AbiReader::small);
  }

  /** A parameter set; ids are counted from 1. */
  public MarketParameters parameters(int id) {
    return sets.read(
        "marketParametersOf(uint16)",
        set ->
            new MarketParameters(
                set.amount(),
                set.amount(),
                set.number(),
                set.number(),
                set.amount(),
                set.small(),
                set.number(),
                set.number(),
                set.number(),
                set.number()),
        new Uint16(id));
  }

  /**
   * What the market announced in a transaction, in order; nothing if it isn't mined or reverted.
   */
  public List<MarketEvent> eventsOf(Hash transaction) {
    return MarketEventDecoder.decode(
        node.logsOf(transaction).stream()
            .filter(log -> log.contract().equals(view.contract()))
            .toList());
  }

  /**
   * What a job's requester asked for, as the market announced it.
   *
   * @throws ChainException.Undecodable if the log is not there, or its inputs are no valid tensors
   */
  public MarketEvent.JobRequested request(Job job) {
    long block = job.drawBlock() - 1;
    return MarketEventDecoder.decode(
            node.logs(block, block, view.contract(), List.of(MarketEventDecoder.TOPICS)))
        .stream()
        .filter(MarketEvent.JobRequested.class::isInstance)
        .map(MarketEvent.JobRequested.class::cast)
        .filter(request -> request.job() == job.id())
        .findFirst()
        .orElseThrow(() -> new ChainException.Undecodable("the request of job " + job.id(), null));
  }

  /** The claims from one block to another, in the chain's order. */
  public List<MarketEvent.JobClaimed> claims(long from, long to) {
    return MarketEventDecoder.decode(logs.read(from, to, List.of(MarketEventDecoder.CLAIM_TOPICS)))
        .stream()
        .map(MarketEvent.JobClaimed.class::cast)
        .toList();
  }

  /**
   * A job's claim, as the market announced it.
   *
   * @throws ChainException.Undecodable if there is none
   */
  public MarketEvent.JobClaimed claim(Job job) {
    List<List<String>> topics =
        List.of(MarketEventDecoder.CLAIM_TOPICS, List.of(Abi.topicOf(job.id())));
    // Mostly it is in the first range.
    return logs.ranges(job.drawBlock(), node.newestBlock().number(), topics)
        .map(MarketEventDecoder::decode)
        .flatMap(List::stream)
        .filter(MarketEvent.JobClaimed.class::isInstance)
        .map(MarketEvent.JobClaimed.class::cast)
        .findFirst()
        .orElseThrow(() -> new ChainException.Undecodable("the claim of job " + job.id(), null));
  }
}
