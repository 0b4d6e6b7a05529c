package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.journal.Journal;
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
  private final OtherSenders others;
  private final Journal journal;
  private final Duration interval;
  private final Troubles troubles;
  private final WorkerLog log;
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);

  SendingLoop(
      TransactionSender sender,
      OtherSenders others,
      Journal journal,
      Duration interval,
      Troubles troubles,
      WorkerLog log) {
    this.sender = sender;
    this.others = others;
    this.journal = journal;
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
    if (troubles.isHalted() || journal.isToBeReconciled()) {
      return;
    }
    try {
      troubles.report("key", others.look());
      StepReport report = sender.step();
      others.suspect(report);
      troubles.report("transactions", report.troubles().findFirst());
    } catch (ChainException failure) {
      troubles.report("transactions", Optional.of(String.valueOf(failure.getMessage())));
    } catch (RuntimeException failure) {
      log.defect("the sender", failure);
      troubles.report("transactions", Optional.of(failure.toString()));
    }
  }
}
