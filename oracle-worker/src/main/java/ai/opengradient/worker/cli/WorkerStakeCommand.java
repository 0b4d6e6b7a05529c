package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.chain.WorkerAccount;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers the worker where it isn't yet, and adds to its stake. */
@Command(
    name = "stake",
    description = "Add stake from the account's OPG; registers the worker the first time.")
final class WorkerStakeCommand extends Subcommand {
  @Parameters(
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "How much, such as 1000 or 2.5.")
  private Amount amount = Amount.ZERO;

  @Option(
      names = "--withdrawal",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description =
          "The cold address that gets every payment and all returned stake; needed the first time.")
  private @Nullable Address withdrawal;

  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      Address worker = account.address();
      boolean registered = chain.workers().worker(worker).isPresent();
      if (!registered && withdrawal == null) {
        throw new OpgException(
            ErrorCode.USAGE,
            "opg worker stake: " + worker + " is not registered; name its --withdrawal");
      }
      account.allow(chain.deployment().workers(), amount);
      if (!registered) {
        account.send(
            "Register worker", chain.workerCalls().register(Objects.requireNonNull(withdrawal)));
      }
      Receipt receipt =
          account.send("Stake " + amount + " OPG", chain.workerCalls().stake(worker, amount));
      Optional<WorkerAccount> now = chain.workers().worker(worker);
      return new Answer(
          new Fields()
              .with("worker", worker)
              .with("withdrawal", now.map(WorkerAccount::withdrawal).orElse(null))
              .with("added", amount)
              .with("staked", now.map(WorkerAccount::staked).orElse(null))
              .with("transaction", receipt.transaction())
              .with("gas", receipt.gasUsed())
              .toMap(),
          worker
              + " has staked "
              + now.map(WorkerAccount::staked).map(Amount::toString).orElse("?")
              + " OPG.");
    }
  }
}
