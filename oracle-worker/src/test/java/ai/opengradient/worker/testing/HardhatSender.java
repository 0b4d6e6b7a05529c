package ai.opengradient.worker.testing;

import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.transactions.CommandSender;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.Outcome;
import ai.opengradient.worker.transactions.SenderSettings;
import java.math.BigInteger;
import java.time.Duration;

/** Sends calls to a node that mines at once. */
public final class HardhatSender {

  /** 100 gwei, far above what a development chain asks. */
  public static final FeePolicy FEES = new FeePolicy(BigInteger.valueOf(100_000_000_000L));

  private HardhatSender() {}

  /** Sends a call and says what became of it. */
  public static Outcome outcome(ChainClient client, Deployment deployment, Signer from, Call call) {
    try {
      return new CommandSender(
              client,
              deployment.chainId(),
              from,
              new MemoryOutbox(),
              new SenderSettings(0, 1_000, FEES),
              Thread::sleep,
              Duration.ofMillis(20),
              500)
          .send(call, call);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", interruption);
    }
  }

  /** Sends a call that the contract takes. */
  public static Outcome.Mined send(
      ChainClient client, Deployment deployment, Signer from, Call call) {
    Outcome outcome = outcome(client, deployment, from, call);
    if (outcome instanceof Outcome.Mined mined) {
      return mined;
    }
    throw new AssertionError("not mined: " + outcome);
  }
}
