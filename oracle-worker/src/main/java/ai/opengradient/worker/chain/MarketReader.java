package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorException;
import java.util.List;
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

  public MarketReader(ChainClient node, Deployment deployment) {
    this.node = node;
    this.view = new ContractView(node, deployment.market());
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
        fields.address(),
        fields.amount(),
        fields.amount(),
        fields.number(),
        fields.number(),
        fields.number(),
        fields.number(),
        fields.hash());
  }

  /** A job's outputs, if it has any; refused with {@code UnknownJob}. */
  public JobResult result(long job) {
    try {
      return view.read(
          "resultOf(uint64)",
          result -> new JobResult(JobState.fromCode(result.small()), result.tensors()),
          new Uint64(job));
    } catch (TensorException invalid) {
      throw new ChainException.Undecodable("the result of job " + job, invalid);
    }
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
    return view.read("currentParameters()", AbiReader::small);
  }

  /** A parameter set; ids are counted from 1. */
  public MarketParameters parameters(int id) {
    return view.read(
        "parametersOf(uint16)",
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
            node.logs(block, block, view.contract(), MarketEventDecoder.TOPICS))
        .stream()
        .filter(MarketEvent.JobRequested.class::isInstance)
        .map(MarketEvent.JobRequested.class::cast)
        .filter(request -> request.job() == job.id())
        .findFirst()
        .orElseThrow(() -> new ChainException.Undecodable("the request of job " + job.id(), null));
  }
}
