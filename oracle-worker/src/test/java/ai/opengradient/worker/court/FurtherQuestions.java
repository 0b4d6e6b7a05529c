package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.demo.FalseChallenger;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Asks one question after the other, for no reason, and then is silent.
 *
 * @param questions about nodes that the court knows
 */
record FurtherQuestions(
    CourtReader court, CourtCalls calls, CourtSends sends, long job, List<Path> questions)
    implements Runnable {
  private static final BigInteger PREPAYMENT = BigInteger.TEN.pow(16);

  /** A false challenger that does not leave it at its first question. */
  static Party party(WorkerStage stage, int account, long job, List<Path> questions) {
    return Party.of(
        stage,
        account,
        sends -> {
          FalseChallenger first =
              new FalseChallenger(
                  stage.client(),
                  stage.deployment(),
                  sends,
                  HardhatNode.account(account).address(),
                  job);
          FurtherQuestions further =
              new FurtherQuestions(
                  new CourtReader(stage.client(), stage.deployment()),
                  new CourtCalls(stage.deployment()),
                  sends,
                  job,
                  questions);
          return () -> {
            first.run();
            further.run();
          };
        });
  }

  @Override
  public void run() {
    long challenge = court.challengeCount();
    if (challenge == 0
        || !court.isRevealed(job, new Path.Input(0, 0))
        || court.turn(challenge).side() != CourtTurn.Side.CHALLENGER) {
      return;
    }
    questions.stream()
        .filter(question -> !court.isRevealed(job, question))
        .findFirst()
        .ifPresent(question ->
            sends.send(
                CourtEffect.ASK.of(job, question.word().toString(16)),
                () -> calls.ask(challenge, question, Optional.empty(), PREPAYMENT)));
  }
}
