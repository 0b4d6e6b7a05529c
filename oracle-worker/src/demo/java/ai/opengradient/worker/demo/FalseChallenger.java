package ai.opengradient.worker.demo;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.ChallengeCommitment;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.TokenCalls;
import ai.opengradient.worker.chain.TokenReader;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.dispute.Path;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Challenges a claim without a reason, asks once, and has nothing to prove. */
public final class FalseChallenger implements Runnable {
  private static final Hash SALT = Hash.of(new byte[Hash.LENGTH]);
  private static final BigInteger PREPAYMENT = BigInteger.TEN.pow(16);

  private final ChainClient node;
  private final Deployment deployment;
  private final CourtReader court;
  private final TokenReader token;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final Address account;
  private final long job;

  /**
   * @param sends of the account
   * @param job whose claim is challenged
   */
  public FalseChallenger(
      ChainClient node, Deployment deployment, CourtSends sends, Address account, long job) {
    this.node = node;
    this.deployment = deployment;
    this.court = new CourtReader(node, deployment);
    this.token = new TokenReader(node, deployment);
    this.calls = new CourtCalls(deployment);
    this.sends = sends;
    this.account = account;
    this.job = job;
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
      commit(commitment);
      return;
    }
    Challenge challenge = court.challenge(ours.getFirst().challenge());
    if (challenge.status() == Challenge.Status.COMMITTED
        && newest.timestamp() > challenge.since()) {
      sends.send("open/" + job, () -> calls.open(challenge.id(), job, SALT));
    } else if (court.turn(challenge.id()).side() == CourtTurn.Side.CHALLENGER) {
      sends.send(
          "ask/" + job,
          () -> calls.ask(challenge.id(), new Path.Nodes(0, 0), Optional.empty(), PREPAYMENT));
    }
  }

  private void commit(Hash commitment) {
    Amount bond = court.minimumBond(job);
    if (token.allowance(account, deployment.court()).compareTo(bond) < 0) {
      sends.send(
          "approve/" + job, () -> new TokenCalls(deployment).approve(deployment.court(), token.balance(account)));
    } else {
      sends.send("challenge/" + job, () -> calls.challenge(commitment, bond));
    }
  }
}
