package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.TensorException;
import java.util.List;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint16;
import org.web3j.abi.datatypes.generated.Uint24;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
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
    return Abi.number(view.read("jobCount()", List.of(), new TypeReference<Uint64>() {}).get(0));
  }

  /** A job; refused with {@code UnknownJob}. */
  public Job job(long id) {
    List<Type<?>> job =
        view.read(
            "jobOf(uint64)",
            List.of(new Uint64(id)),
            new TypeReference<org.web3j.abi.datatypes.Address>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint8>() {},
            new TypeReference<Uint8>() {},
            new TypeReference<Uint16>() {},
            new TypeReference<Uint24>() {},
            new TypeReference<org.web3j.abi.datatypes.Address>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Uint40>() {},
            new TypeReference<Bytes32>() {});
    return new Job(
        id,
        Abi.address(job.get(0)),
        Abi.number(job.get(1)),
        (int) Abi.number(job.get(2)),
        JobState.fromCode(Abi.number(job.get(3))),
        (int) Abi.number(job.get(4)),
        (int) Abi.number(job.get(5)),
        Abi.address(job.get(6)),
        Abi.amount(job.get(7)),
        Abi.amount(job.get(8)),
        Abi.number(job.get(9)),
        Abi.number(job.get(10)),
        Abi.number(job.get(11)),
        Abi.number(job.get(12)),
        Hash.of((byte[]) job.get(13).getValue()));
  }

  /** A job's outputs, if it has any; refused with {@code UnknownJob}. */
  public JobResult result(long job) {
    List<Type<?>> result =
        view.read(
            "resultOf(uint64)",
            List.of(new Uint64(job)),
            new TypeReference<Uint8>() {},
            new TypeReference<DynamicArray<AbiStructs.TensorStruct>>() {});
    try {
      return new JobResult(
          JobState.fromCode(Abi.number(result.get(0))), Abi.tensors(result.get(1)));
    } catch (TensorException invalid) {
      throw new ChainException.Undecodable("the result of job " + job, invalid);
    }
  }

  /** Who was drawn for a job; refused with {@code UnknownJob}. */
  public Draw drawnWorker(long job) {
    try {
      Address worker =
          Abi.address(
              view.read(
                      "drawnWorkerOf(uint64)",
                      List.of(new Uint64(job)),
                      new TypeReference<org.web3j.abi.datatypes.Address>() {})
                  .get(0));
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
    List<Type<?>> quote =
        view.read(
            "quote(uint32,uint96)",
            List.of(new Uint32(version), new Uint96(bond.units())),
            new TypeReference<Uint96>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint96>() {});
    return new Quote(
        Abi.amount(quote.get(0)),
        Abi.amount(quote.get(1)),
        Abi.number(quote.get(2)),
        Abi.amount(quote.get(3)));
  }

  /** What the account can withdraw from the market. */
  public Amount balance(Address account) {
    return Abi.amount(
        view.read(
                "balanceOf(address)",
                List.of(Abi.address(account)),
                new TypeReference<Uint256>() {})
            .get(0));
  }

  /** The id of the parameter set that the next request gets. */
  public int currentParameters() {
    return (int)
        Abi.number(
            view.read("currentParameters()", List.of(), new TypeReference<Uint16>() {}).get(0));
  }

  /** A parameter set; ids are counted from 1. */
  public MarketParameters parameters(int id) {
    List<Type<?>> set =
        view.read(
            "parametersOf(uint16)",
            List.of(new Uint16(id)),
            new TypeReference<Uint96>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint96>() {},
            new TypeReference<Uint16>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint32>() {},
            new TypeReference<Uint32>() {});
    return new MarketParameters(
        Abi.amount(set.get(0)),
        Abi.amount(set.get(1)),
        Abi.amount(set.get(2)),
        (int) Abi.number(set.get(3)),
        Abi.number(set.get(4)),
        Abi.number(set.get(5)),
        Abi.number(set.get(6)),
        Abi.number(set.get(7)),
        Abi.number(set.get(8)),
        Abi.number(set.get(9)));
  }

  /**
   * What the market announced in a transaction, in order; nothing if it isn't mined or reverted.
   */
  public List<MarketEvent> eventsOf(Hash transaction) {
    return node.logsOf(transaction).stream()
        .filter(log -> log.contract().equals(view.contract()))
        .flatMap(log -> MarketEventDecoder.decode(log).stream())
        .toList();
  }
}
