package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Has the account's one sender step: soon after each intent, and at least once in every interval.
 */
final class SendingLoop implements Runnable {

  private static final Boolean SOON = Boolean.TRUE;

  private final TransactionSender sender;
  private final Duration interval;
  private final Troubles troubles;
  private final WorkerLog log;
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);

  SendingLoop(TransactionSender sender, Duration interval, Troubles troubles, WorkerLog log) {
    this.sender = sender;
    this.interval = interval;
    this.troubles = troubles;
    this.log = log;
  }

  /** Has the sender step soon. Any thread may call it. */
  void soon() {
    bell.offer(SOON);
  }

  /** Works until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        bell.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
        step();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      StepReport report = sender.step();
      troubles.report("transactions", trouble(report));
    } catch (RuntimeException failure) {
      log.defect("the sender", failure);
      troubles.report("transactions", Optional.of(failure.toString()));
    }
  }

  private static Optional<String> trouble(StepReport report) {
    return report
        .failure()
        .map(ChainException::getMessage)
        .or(() ->
            report.waiting().stream()
                .map(StepReport.Waiting::reason)
                .map(SendingLoop::trouble)
                .flatMap(Optional::stream)
                .findFirst());
  }

  private static Optional<String> trouble(StepReport.Reason reason) {
    return switch (reason) {
      case StepReport.Reason.NeedsGas needs ->
          Optional.of(
              "the account has "
                  + needs.balance()
                  + " wei and needs "
                  + needs.needed()
                  + " for gas: send it coin");
      case StepReport.Reason.FeeAboveCap above ->
          Optional.of("gas costs more than the cap of " + above.cap() + " wei");
      case StepReport.Reason.TooEarly _,
          StepReport.Reason.NotMined _,
          StepReport.Reason.Confirming _,
          StepReport.Reason.NonceTaken _,
          StepReport.Reason.NodeTrouble _ ->
          Optional.empty();
    };
  }
}
