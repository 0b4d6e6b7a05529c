package ai.opengradient.worker.watch;

import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;

/**
 * A watcher's look at the chain, with its sends before and after it.
 *
 * @param look has sends intended
 * @param sender of the watcher's outbox
 */
public record WatchTurn(Runnable look, TransactionSender sender, DisputeLog log)
    implements Runnable {

  @Override
  public void run() {
    // What is on its way first, so that the look finds it settled.
    tell(sender.step());
    look.run();
    tell(sender.step());
  }

  private void tell(StepReport report) {
    report.failure().ifPresent(failure -> log.chainTrouble(String.valueOf(failure.getMessage())));
    for (StepReport.Settled settled : report.settled()) {
      log.sent(settled.key().value(), settled.outcome().toString());
    }
    for (StepReport.Waiting waiting : report.waiting()) {
      switch (waiting.reason()) {
        case StepReport.Reason.NeedsGas needs ->
            log.chainTrouble(
                "the account has " + needs.balance() + " wei and needs " + needs.needed());
        case StepReport.Reason.FeeAboveCap above ->
            log.chainTrouble("gas costs more than the cap of " + above.cap() + " wei");
        case StepReport.Reason.TooEarly _,
            StepReport.Reason.NotMined _,
            StepReport.Reason.Confirming _,
            StepReport.Reason.NonceTaken _,
            StepReport.Reason.NodeTrouble _ -> {}
      }
    }
  }
}
