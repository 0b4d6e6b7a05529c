package ai.opengradient.worker.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint8;

/**
 * What the worker registry says at the newest block. A refusal is {@link
 * ChainException.CallRefused} with its error.
 */
public final class WorkerReader {

  private final ContractView view;

  public WorkerReader(ChainClient node, Deployment deployment) {
    this.view = new ContractView(node, deployment.workers());
  }

  /** A worker's account, if it is registered. */
  public Optional<WorkerAccount> worker(Address worker) {
    try {
      return Optional.of(
              view.read(
                  "workerOf(address)",
                  account ->
                      new WorkerAccount(
                          account.address(),
                          account.amount(),
                          account.amount(),
                          account.amount(),
                          account.number(),
                          account.number()),
                  Abi.address(worker)))
          .filter(WorkerAccount::isRegistered);
    } catch (ChainException.CallRefused refused) {
      return emptyIf("UnknownWorker", refused);
    }
  }

  /** Stake that is neither locked nor unbonding. */
  public Amount freeStake(Address worker) {
    return view.read("freeStakeOf(address)", AbiReader::amount, Abi.address(worker));
  }

  /** The worker's offer for the version as it stands now, if it has one. */
  public Optional<Offer> offer(long version, Address worker) {
    try {
      return Optional.of(
          view.read(
              "offerOf(uint32,address)",
              WorkerReader::offer,
              new Uint32(version),
              Abi.address(worker)));
    } catch (ChainException.CallRefused refused) {
      return emptyIf("NoOffer", refused);
    }
  }

  /** All offers for a version as they stand now. */
  public List<Offer> offers(long version) {
    long positions = view.read("positionsOf(uint32)", AbiReader::number, new Uint32(version));
    List<Offer> offers = new ArrayList<>();
    for (long position = 0; position < positions; position++) {
      Offer offer =
          view.read(
              "offerAt(uint32,uint32)",
              WorkerReader::offer,
              new Uint32(version),
              new Uint32(position));
      if (!offer.worker().isZero()) {
        offers.add(offer);
      }
    }
    return offers;
  }

  /** How many workers have attested a binding's program. */
  public long attestations(long version, int binding) {
    return view.read(
        "attestationsOf(uint32,uint8)", AbiReader::number, new Uint32(version), new Uint8(binding));
  }

  /** Whether the worker has attested a binding's program. */
  public boolean hasAttested(long version, int binding, Address worker) {
    return view.read(
        "hasAttested(uint32,uint8,address)",
        AbiReader::flag,
        new Uint32(version),
        new Uint8(binding),
        Abi.address(worker));
  }

  private static Offer offer(AbiReader fields) {
    return new Offer(
        fields.address(), fields.amount(), fields.amount(), fields.number(), fields.number());
  }

  private static <T> Optional<T> emptyIf(String error, ChainException.CallRefused refused) {
    if (refused.error().name().equals(error)) {
      return Optional.empty();
    }
    throw refused;
  }
}
