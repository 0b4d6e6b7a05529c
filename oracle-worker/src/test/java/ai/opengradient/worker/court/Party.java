package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.demo.FalseChallenger;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.HardhatSender;
import ai.opengradient.worker.testing.WorkerStage;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.Outbox;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;
import java.util.function.Function;
import java.util.function.Supplier;

/** Somebody who takes part in a dispute, one look at the chain after the other. */
@FunctionalInterface
interface Party {
  void step();

  /**
   * Who looks and then sends, with an outbox in memory.
   *
   * @param look made for the sends it may use
   */
  static Party of(WorkerStage stage, int account, Function<CourtSends, Runnable> look) {
    ChainClient node = stage.client();
    Signer signer = HardhatNode.account(account);
    Outbox outbox = new MemoryOutbox();
    Runnable looking = look.apply(new CourtSends(node, outbox, signer.address()));
    TransactionSender sender =
        new TransactionSender(
            node,
            stage.deployment().chainId(),
            signer,
            outbox,
            new SenderSettings(0, 1_000, HardhatSender.FEES));
    return () -> {
      require(sender.step());
      looking.run();
      require(sender.step());
    };
  }

  /** Who challenges a job's claim without a reason. */
  static Party falseChallenger(WorkerStage stage, int account, long job) {
    Address address = HardhatNode.account(account).address();
    return of(
        stage,
        account,
        sends -> new FalseChallenger(stage.client(), stage.deployment(), sends, address, job));
  }

  /** A worker that defends its claims with these runs. */
  static Party defender(WorkerStage stage, int account, DefenceSource defences) {
    return of(
        stage,
        account,
        sends ->
            new Defender(
                    stage.client(),
                    stage.deployment(),
                    defences,
                    sends,
                    HardhatNode.account(account).address(),
                    Runnable::run,
                    new DisputeLog())
                ::look);
  }

  /** Who forgets everything after each step. */
  static Party forgetful(Supplier<Party> party) {
    return () -> party.get().step();
  }

  private static void require(StepReport report) {
    if (report.failure().isPresent()) {
      throw new AssertionError("the chain can't be asked", report.failure().get());
    }
  }
}
