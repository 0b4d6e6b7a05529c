package ai.opengradient.worker.serve;

import ai.opengradient.worker.chain.ChainException;
import ai.opengradient.worker.journal.Journal;
import ai.opengradient.worker.journal.JournalException;
import ai.opengradient.worker.telemetry.WorkerLog;
import ai.opengradient.worker.transactions.EffectKey;
import ai.opengradient.worker.transactions.StepReport;
import ai.opengradient.worker.transactions.TransactionSender;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Has the account's one sender step: soon after each intent, and at least once in every interval.
 * Between two steps it carries out what people order.
 */
final class SendingLoop implements Runnable {

  private static final Boolean SOON = Boolean.TRUE;

  private final TransactionSender sender;
  private final OtherSenders others;
  private final Journal journal;
  private final BalanceFloor floor;
  private final Duration interval;
  private final Troubles troubles;
  private final WorkerLog log;
  private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();
  private volatile Map<EffectKey, StepReport.Reason> waiting = Map.of();

  SendingLoop(
      TransactionSender sender,
      OtherSenders others,
      Journal journal,
      BalanceFloor floor,
      Duration interval,
      Troubles troubles,
      WorkerLog log) {
    this.sender = sender;
    this.others = others;
    this.journal = journal;
    this.floor = floor;
    this.interval = interval;
    this.troubles = troubles;
    this.log = log;
  }

  /** Has the sender step soon. Any thread may call it. */
  void soon() {
    bell.offer(SOON);
  }

  /** Has the sender do something else between two steps. Any thread may call it. */
  <T> CompletableFuture<T> order(Function<TransactionSender, T> order) {
    CompletableFuture<T> done = new CompletableFuture<>();
    orders.add(() -> {
      try {
        done.complete(order.apply(sender));
      } catch (RuntimeException failure) {
        done.completeExceptionally(failure);
      }
    });
    soon();
    return done;
  }

  /** Why effects were still open after the last step. Any thread may call it. */
  Map<EffectKey, StepReport.Reason> waiting() {
    return waiting;
  }

  /** Works until the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        bell.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
        if (!troubles.isHalted() && !journal.isToBeReconciled()) {
          obey();
          step();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void obey() {
    for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
      order.run();
    }
  }

  private void step() {
    try {
      troubles.report("key", others.look());
      StepReport report = sender.step();
      others.suspect(report);
      waiting =
          report.waiting().stream()
              .collect(
                  Collectors.toMap(
                      StepReport.Waiting::key, StepReport.Waiting::reason, (_, later) -> later));
      troubles.report("transactions", report.troubles().findFirst());
      troubles.report("balance", floor.trouble());
    } catch (ChainException | JournalException.NotWritten failure) {
      troubles.report("transactions", Optional.of(String.valueOf(failure.getMessage())));
    } catch (RuntimeException failure) {
      log.defect("the sender", failure);
      troubles.report("transactions", Optional.of(failure.toString()));
    }
  }
}
