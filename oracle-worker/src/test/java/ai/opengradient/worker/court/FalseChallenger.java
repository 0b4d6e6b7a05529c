package ai.opengradient.worker.court;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.ChallengeCommitment;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.dispute.Path;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Challenges a claim without a reason, asks once, and has nothing to prove. */
final class FalseChallenger implements Runnable {
  private static final Hash SALT = Hash.of(new byte[Hash.LENGTH]);
  private static final BigInteger PREPAYMENT = BigInteger.TEN.pow(16);

  private final ChainClient node;
  private final Deployment deployment;
  private final CourtReader court;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final Address account;
  private final long job;

  private FalseChallenger(WorkerStage stage, CourtSends sends, Address account, long job) {
    this.node = stage.client();
    this.deployment = stage.deployment();
    this.court = new CourtReader(node, deployment);
    this.calls = new CourtCalls(deployment);
    this.sends = sends;
    this.account = account;
    this.job = job;
  }

  static Party party(WorkerStage stage, int account, long job) {
    Address address = HardhatNode.account(account).address();
    return Party.of(stage, account, sends -> new FalseChallenger(stage, sends, address, job));
  }

  @Override
  public void run() {
    BlockReference newest = node.newestBlock();
    Hash commitment = ChallengeCommitment.of(deployment, account, job, SALT);
    List<CourtEvent.ChallengeCommitted> ours =
        court.committed(account, 0, newest.number()).stream()
            .filter(committed -> committed.commitment().equals(commitment))
            .toList();
    if (ours.isEmpty()) {
      sends.send("challenge/" + job, () -> calls.challenge(commitment, court.minimumBond(job)));
      return;
    }
    Challenge challenge = court.challenge(ours.getFirst().challenge());
    if (challenge.status() == Challenge.Status.COMMITTED
        && newest.timestamp() > challenge.since()) {
      sends.send("open/" + job, () -> calls.open(challenge.id(), job, SALT));
    } else if (court.turn(challenge.id()).side() == CourtTurn.Side.CHALLENGER) {
      sends.send(
          "ask/" + job,
          () -> calls.ask(challenge.id(), new Path.Input(0, 0), Optional.empty(), PREPAYMENT));
    }
  }
}
