package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.WorkerAccount;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes a worker out, as far as the contracts allow now. */
@Command(
    name = "exit",
    description = {
      "Close all offers, start to unbond the free stake, withdraw what can be withdrawn.",
      "Does what is possible now and says what is left; run it again until nothing is."
    })
final class WorkerExitCommand extends Subcommand {
  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      List<String> done = new ArrayList<>();
      Address worker = account.address();
      closeOffers(chain, account, done);
      Amount free = chain.workers().freeStake(worker);
      if (free.compareTo(Amount.ZERO) > 0) {
        account.send("Unbond " + free + " OPG", chain.workerCalls().startUnbonding(worker, free));
        done.add("Unbonding " + free + " OPG.");
      }
      withdrawStake(chain, account, done);
      Amount earned = chain.market().balance(worker);
      if (earned.compareTo(Amount.ZERO) > 0) {
        account.send("Withdraw " + earned + " OPG", chain.marketCalls().withdraw(worker));
        done.add("Paid out " + earned + " OPG of earnings.");
      }
      return answer(worker, standing(chain, worker), done);
    }
  }

  private static void closeOffers(ChainAccess chain, Account account, List<String> done)
      throws InterruptedException {
    long versions = chain.models().versionCount();
    for (long version = 1; version <= versions; version++) {
      boolean open =
          chain.workers().offer(version, account.address()).stream()
              .anyMatch(offer -> offer.until() == 0);
      if (open) {
        account.send(
            "Close the offer for version " + version,
            chain.workerCalls().closeOffer(account.address(), version));
        done.add("Closed the offer for version " + version + ".");
      }
    }
  }

  private static void withdrawStake(ChainAccess chain, Account account, List<String> done)
      throws InterruptedException {
    WorkerAccount before = standing(chain, account.address());
    boolean due =
        before.unbonding().compareTo(Amount.ZERO) > 0
            && chain.node().newestBlock().timestamp() >= before.unbondedAt();
    if (due) {
      account.send(
          "Withdraw " + before.unbonding() + " OPG of stake",
          chain.workerCalls().withdrawStake(account.address()));
      done.add("Returned " + before.unbonding() + " OPG of stake to " + before.withdrawal() + ".");
    }
  }

  private static WorkerAccount standing(ChainAccess chain, Address worker) {
    return chain
        .workers()
        .worker(worker)
        .orElseThrow(
            () -> new OpgException(ErrorCode.UNKNOWN_WORKER, worker + " is not registered"));
  }

  private static Answer answer(Address worker, WorkerAccount left, List<String> done) {
    List<String> lines = new ArrayList<>(done);
    boolean out = left.staked().equals(Amount.ZERO);
    if (out) {
      lines.add(worker + " has no stake left: it is out.");
    }
    if (left.locked().compareTo(Amount.ZERO) > 0) {
      lines.add(
          left.locked()
              + " OPG are locked as bonds of running jobs; run this again when they are over.");
    }
    if (left.unbonding().compareTo(Amount.ZERO) > 0) {
      lines.add(
          left.unbonding()
              + " OPG are unbonding; run this again after chain time "
              + left.unbondedAt()
              + ".");
    }
    return new Answer(
        new Fields()
            .with("worker", worker)
            .with("out", out)
            .with("staked", left.staked())
            .with("locked", left.locked())
            .with("unbonding", left.unbonding())
            .with("unbondedAt", left.unbondedAt())
            .with("done", done)
            .toMap(),
        lines);
  }
}
