package ai.opengradient.worker.chain;

import ai.opengradient.canon.commitment.Hash;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * Calls of the worker registry that change something. What each does and refuses stands in {@code
 * IWorkerRegistry}.
 */
public final class WorkerCalls {

  private final Address workers;

  public WorkerCalls(Deployment deployment) {
    this.workers = deployment.workers();
  }

  /** Registers the caller as a worker with this cold address. */
  public Call register(Address withdrawal) {
    return new Call(workers, Abi.call("register(address)", Abi.address(withdrawal)));
  }

  /** Adds stake from the caller's approved $OPG. */
  public Call stake(Address worker, Amount amount) {
    return new Call(
        workers,
        Abi.call("stake(address,uint96)", Abi.address(worker), new Uint96(amount.units())));
  }

  /** Starts to take free stake out. */
  public Call startUnbonding(Address worker, Amount amount) {
    return new Call(
        workers,
        Abi.call(
            "startUnbonding(address,uint96)", Abi.address(worker), new Uint96(amount.units())));
  }

  /** Sends stake whose delay has passed to the cold address. */
  public Call withdrawStake(Address worker) {
    return new Call(workers, Abi.call("withdrawStake(address)", Abi.address(worker)));
  }

  /** Offers to run a version. */
  public Call openOffer(Address worker, long version, Amount price, Amount bondLimit) {
    return offer("openOffer(address,uint32,uint96,uint96)", worker, version, price, bondLimit);
  }

  /** Changes an offer for later jobs. */
  public Call reprice(Address worker, long version, Amount price, Amount bondLimit) {
    return offer("reprice(address,uint32,uint96,uint96)", worker, version, price, bondLimit);
  }

  private Call offer(
      String signature, Address worker, long version, Amount price, Amount bondLimit) {
    return new Call(
        workers,
        Abi.call(
            signature,
            Abi.address(worker),
            new Uint32(version),
            new Uint96(price.units()),
            new Uint96(bondLimit.units())));
  }

  /** Tells that the worker lowered the version's file again and got this program root. */
  public Call attest(Address worker, long version, int binding, Hash programRoot) {
    return new Call(
        workers,
        Abi.call(
            "attest(address,uint32,uint8,bytes32)",
            Abi.address(worker),
            new Uint32(version),
            new Uint8(binding),
            new Bytes32(programRoot.bytes())));
  }

  /** Ends an offer. */
  public Call closeOffer(Address worker, long version) {
    return new Call(
        workers, Abi.call("closeOffer(address,uint32)", Abi.address(worker), new Uint32(version)));
  }
}
