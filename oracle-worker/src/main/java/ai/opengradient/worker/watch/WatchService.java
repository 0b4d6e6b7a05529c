package ai.opengradient.worker.watch;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;
import java.time.Duration;

/** A watcher at work: one thread looks at the chain and sends, again and again. */
public final class WatchService implements AutoCloseable {
  private final Watcher watcher;
  private final TransactionSender sender;
  private final Duration interval;
  private final DisputeLog log;
  private final Thread thread;

  /**
   * @param sender of the watcher's outbox
   * @param interval between two looks
   */
  public WatchService(
      Watcher watcher, TransactionSender sender, Duration interval, DisputeLog log) {
    this.watcher = watcher;
    this.sender = sender;
    this.interval = interval;
    this.log = log;
    this.thread = Thread.ofPlatform().name("watching").unstarted(this::run);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        step();
        Thread.sleep(interval);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      // What is on its way first, so that the look finds it settled.
      tell(sender.step());
      watcher.look();
      tell(sender.step());
    } catch (ChainException.Interrupted stopping) {
      Thread.currentThread().interrupt();
    } catch (ChainException failure) {
      log.chainTrouble(String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      log.defect("the watcher", failure);
    }
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

  /** Stops at once; the chain knows where to go on. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException wait) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
