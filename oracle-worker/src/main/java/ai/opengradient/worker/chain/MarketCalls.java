package ai.opengradient.worker.chain;

import java.util.ArrayList;
import java.util.List;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint24;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * Calls of the market that change something. What each does and refuses stands in {@code
 * IInferenceMarket}.
 */
public final class MarketCalls {

  static final String CLAIM = "claim(uint64,address,(uint256,bytes)[],bytes[])";

  private final Address market;

  public MarketCalls(Deployment deployment) {
    this.market = deployment.market();
  }

  /** Asks for one inference. */
  public Call request(JobRequest wanted) {
    return new Call(
        market,
        Abi.call(
            "request((uint32,uint8,bool,bool,uint24,uint96,uint96,uint32,"
                + "(uint256,bytes)[],(uint8,bytes32,bytes)[]))",
            new DynamicStruct(
                new Uint32(wanted.version()),
                new Uint8(wanted.binding()),
                new Bool(wanted.acceptUndisputable()),
                new Bool(wanted.outputsByReference()),
                new Uint24(wanted.callbackGas()),
                new Uint96(wanted.maxFee().units()),
                new Uint96(wanted.bond().units()),
                new Uint32(wanted.claimPeriod()),
                new DynamicArray<>(
                    DynamicStruct.class, wanted.inputs().stream().map(MarketCalls::input).toList()),
                references(wanted.inputs()))));
  }

  /** The root of one by reference stands in a list of its own. */
  private static DynamicStruct input(JobTensor input) {
    return switch (input) {
      case JobTensor.Inline inline -> Abi.tensor(inline.type(), inline.tensor().toByteArray());
      case JobTensor.ByReference reference -> Abi.tensor(reference.type(), new byte[0]);
    };
  }

  private static DynamicArray<DynamicStruct> references(List<JobTensor> inputs) {
    List<DynamicStruct> references = new ArrayList<>();
    for (int index = 0; index < inputs.size(); index++) {
      if (inputs.get(index) instanceof JobTensor.ByReference reference) {
        references.add(
            new DynamicStruct(
                new Uint8(index),
                new Bytes32(reference.root().bytes()),
                new DynamicBytes(reference.contentBytes())));
      }
    }
    return new DynamicArray<>(DynamicStruct.class, references);
  }

  /** The drawn worker passes the job on. */
  public Call decline(long job, Address worker) {
    return new Call(
        market, Abi.call("decline(uint64,address)", new Uint64(job), Abi.address(worker)));
  }

  /**
   * Posts the outputs for the drawn worker or the lease's holder.
   *
   * @param outputs all with their data, or all by reference, as the request wants it
   */
  public Call claim(long job, Address worker, List<JobTensor> outputs) {
    List<DynamicStruct> tensors = outputs.stream().map(MarketCalls::output).toList();
    List<DynamicBytes> contents =
        outputs.stream()
            .filter(JobTensor.ByReference.class::isInstance)
            .map(output -> new DynamicBytes(((JobTensor.ByReference) output).contentBytes()))
            .toList();
    return new Call(
        market,
        Abi.call(
            CLAIM,
            new Uint64(job),
            Abi.address(worker),
            new DynamicArray<>(DynamicStruct.class, tensors),
            new DynamicArray<>(DynamicBytes.class, contents)));
  }

  private static DynamicStruct output(JobTensor output) {
    return switch (output) {
      case JobTensor.Inline inline -> Abi.tensor(inline.type(), inline.tensor().toByteArray());
      case JobTensor.ByReference reference ->
          Abi.tensor(reference.type(), reference.root().bytes());
    };
  }

  /** Takes over a job that is open or whose worker is late. */
  public Call lease(long job, Address worker) {
    return new Call(
        market, Abi.call("lease(uint64,address)", new Uint64(job), Abi.address(worker)));
  }

  /** Ends a job that nobody claimed by the last deadline. */
  public Call expire(long job) {
    return new Call(market, Abi.call("expire(uint64)", new Uint64(job)));
  }

  /** Pays for an unchallenged claim whose window has passed, then calls back. */
  public Call finalise(long job) {
    return new Call(market, Abi.call("finalise(uint64)", new Uint64(job)));
  }

  /** Sends an account's balance to its payee. */
  public Call withdraw(Address account) {
    return new Call(market, Abi.call("withdraw(address)", Abi.address(account)));
  }
}
