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
    report.troubles().forEach(log::chainTrouble);
    for (StepReport.Settled settled : report.settled()) {
      log.sent(settled.key().value(), settled.outcome().toString());
    }
  }
}
