package ai.opengradient.worker.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint40;
import org.web3j.abi.datatypes.generated.Uint96;

/**
 * What the worker registry says at the newest block. A refusal is {@link
 * ChainException.CallRefused} with its error.
 */
public final class WorkerReader {

  private static final TypeReference<?>[] OFFER = {
    new TypeReference<org.web3j.abi.datatypes.Address>() {},
    new TypeReference<Uint96>() {},
    new TypeReference<Uint96>() {},
    new TypeReference<Uint40>() {},
    new TypeReference<Uint40>() {}
  };

  private final ContractView view;

  public WorkerReader(ChainClient node, Deployment deployment) {
    this.view = new ContractView(node, deployment.workers());
  }

  /** A worker's account, if it is registered. */
  public Optional<WorkerAccount> worker(Address worker) {
    List<Type<?>> account;
    try {
      account =
          view.read(
              "workerOf(address)",
              List.of(Abi.address(worker)),
              new TypeReference<org.web3j.abi.datatypes.Address>() {},
              new TypeReference<Uint96>() {},
              new TypeReference<Uint96>() {},
              new TypeReference<Uint96>() {},
              new TypeReference<Uint40>() {},
              new TypeReference<Uint32>() {});
    } catch (ChainException.CallRefused refused) {
      if (refused.error().name().equals("UnknownWorker")) {
        return Optional.empty();
      }
      throw refused;
    }
    return Optional.of(
            new WorkerAccount(
                Abi.address(account.get(0)),
                Abi.amount(account.get(1)),
                Abi.amount(account.get(2)),
                Abi.amount(account.get(3)),
                Abi.number(account.get(4)),
                Abi.number(account.get(5))))
        .filter(WorkerAccount::isRegistered);
  }

  /** Stake that is neither locked nor unbonding. */
  public Amount freeStake(Address worker) {
    return Abi.amount(
        view.read(
                "freeStakeOf(address)",
                List.of(Abi.address(worker)),
                new TypeReference<Uint96>() {})
            .get(0));
  }

  /** Whether the account is the worker itself or one of its delegates. */
  public boolean actsFor(Address worker, Address account) {
    return (Boolean)
        view.read(
                "actsFor(address,address)",
                List.of(Abi.address(worker), Abi.address(account)),
                new TypeReference<Bool>() {})
            .get(0)
            .getValue();
  }

  /** The worker's offer for the version as it stands now, if it has one. */
  public Optional<Offer> offer(long version, Address worker) {
    try {
      return Optional.of(
          offer(
              view.read(
                  "offerOf(uint32,address)",
                  List.of(new Uint32(version), Abi.address(worker)),
                  OFFER)));
    } catch (ChainException.CallRefused refused) {
      if (refused.error().name().equals("NoOffer")) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  /** All offers for a version as they stand now. */
  public List<Offer> offers(long version) {
    long positions =
        Abi.number(
            view.read(
                    "positionsOf(uint32)",
                    List.of(new Uint32(version)),
                    new TypeReference<Uint32>() {})
                .get(0));
    List<Offer> offers = new ArrayList<>();
    for (long position = 0; position < positions; position++) {
      Offer offer =
          offer(
              view.read(
                  "offerAt(uint32,uint32)",
                  List.of(new Uint32(version), new Uint32(position)),
                  OFFER));
      if (!offer.worker().isZero()) {
        offers.add(offer);
      }
    }
    return offers;
  }

  private static Offer offer(List<Type<?>> values) {
    return new Offer(
        Abi.address(values.get(0)),
        Abi.amount(values.get(1)),
        Abi.amount(values.get(2)),
        Abi.number(values.get(3)),
        Abi.number(values.get(4)));
  }
}
