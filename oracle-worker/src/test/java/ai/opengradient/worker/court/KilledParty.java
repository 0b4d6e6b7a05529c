package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobState;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.KilledProcess;
import ai.opengradient.worker.testing.WorkerStage;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One side of disputes in a process that kills itself, and is started again after chain time that
 * brings it near to its next deadline, but leaves it enough to move. Else chain time moves for what
 * is sent, and where a dispute waits for nothing else: nobody is late because a machine is slow.
 */
final class KilledParty {
  private static final int LOOKS = 12_000;
  private static final int LONGEST_DOWN = 5;

  /** Seconds that whoever comes back is left with: for what it sends. */
  private static final long LEAST = 5;

  private final WorkerStage stage;
  private final MarketReader market;
  private final CourtReader court;
  private final KilledProcess process;
  private final CourtTurn.Side side;
  private final Random random;

  KilledParty(WorkerStage stage, KilledProcess process, CourtTurn.Side side, Random random) {
    this.stage = stage;
    this.market = new MarketReader(stage.client(), stage.deployment());
    this.court = new CourtReader(stage.client(), stage.deployment());
    this.process = process;
    this.side = side;
    this.random = random;
  }

  /**
   * A dispute to be played.
   *
   * @param challenge the only one
   * @param other the other side
   * @param isTimeDue whether all wait for time, whatever the other side thinks
   * @param isOver given the moments that the process has passed
   */
  record Play(
      long job,
      long challenge,
      Party other,
      BooleanSupplier isTimeDue,
      Predicate<List<String>> isOver) {}

  /** Plays until it is over, and until nothing that was begun is open. */
  void play(Play play) throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (!process.isAlive()) {
        comeBack(play);
      }
      List<String> passed = process.passed();
      boolean isOver = play.isOver().test(passed);
      if (isOver && isQuiet(passed)) {
        return;
      }
      play.other().step();
      // What is in the last block counts with the next one.
      if (isOver || isAnythingPending() || isTimeDue(play)) {
        stage.mineSecond();
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "no end of "
            + court.dispute(play.job())
            + " about "
            + market.job(play.job())
            + "; passed: "
            + process.passed());
  }

  /** What it had sent may wait for a block until it is up again, or be in one. */
  private void comeBack(Play play) throws InterruptedException {
    long now = stage.client().newestBlock().timestamp();
    long down =
        Math.min(
            random.nextInt(LONGEST_DOWN + 1), deadline(play, now + Short.MAX_VALUE) - now - LEAST);
    for (long second = 0; second < down; second++) {
      play.other().step();
      stage.mineSecond();
    }
    process.startAgainIfKilled();
    while (process.isAlive() && !process.isUp()) {
      Thread.sleep(20);
    }
  }

  /** Until when this side has to move. */
  private long deadline(Play play, long never) {
    Dispute dispute = court.dispute(play.job());
    if (dispute.stage() == Dispute.Stage.NONE) {
      Job job = market.job(play.job());
      return job.state() == JobState.FINALISED ? never : job.phaseEnd();
    }
    if (dispute.stage() == Dispute.Stage.DISPUTED
        && side == CourtTurn.Side.WORKER
        && !dispute.isAsserted()) {
      return dispute.openedAt() + court.parameters(dispute.parameters()).assertPeriod();
    }
    CourtTurn turn = court.turn(play.challenge());
    return turn.side() == side ? turn.deadline() : never;
  }

  private static boolean isQuiet(List<String> passed) {
    return count(passed, "after transaction intended ")
        == count(passed, "after transaction closed ");
  }

  private static long count(List<String> moments, String beginning) {
    return moments.stream().filter(moment -> moment.startsWith(beginning)).count();
  }

  private boolean isAnythingPending() {
    return IntStream.range(0, 10)
        .mapToObj(account -> HardhatNode.account(account).address())
        .anyMatch(address -> stage.client().pendingNonce(address) > stage.client().nonce(address));
  }

  private boolean isTimeDue(Play play) {
    if (play.isTimeDue().getAsBoolean()) {
      return true;
    }
    if (court.challengeCount() < play.challenge()) {
      return false;
    }
    long now = stage.client().newestBlock().timestamp();
    Challenge challenge = court.challenge(play.challenge());
    if (challenge.status() == Challenge.Status.COMMITTED) {
      return now <= challenge.since();
    }
    Dispute dispute = court.dispute(play.job());
    return switch (dispute.stage()) {
      case NONE -> false;
      case DISPUTED ->
          (dispute.isRefuted() || dispute.pending() == 0)
              && !Disputes.isToBeSettled(court, dispute, true, stage.client().newestBlock());
      // That it was released has to be confirmed.
      case UPHELD -> market.job(play.job()).state() == JobState.CLAIMED;
      case REFUTED -> false;
    };
  }
}
