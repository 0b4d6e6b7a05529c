package ai.opengradient.worker.demo;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Endpoint;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.court.CourtSends;
import ai.opengradient.worker.court.Lookout;
import ai.opengradient.worker.keys.Keystore;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.telemetry.DisputeLog;
import ai.opengradient.worker.transactions.FeePolicy;
import ai.opengradient.worker.transactions.MemoryOutbox;
import ai.opengradient.worker.transactions.SenderSettings;
import ai.opengradient.worker.transactions.TransactionSender;
import ai.opengradient.worker.watch.WatchTurn;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Challenges every claim that is made from now on, without a reason: CONFIGURATION. */
public final class FalseChallengers {
  private static final long BLOCKS_UNTIL_STUCK = 5;

  private final ChainClient node;
  private final Deployment deployment;
  private final CourtSends sends;
  private final Address account;
  private final Map<Long, FalseChallenger> byJob = new TreeMap<>();
  private long nextBlock;

  private FalseChallengers(
      ChainClient node, Deployment deployment, CourtSends sends, Address account) {
    this.node = node;
    this.deployment = deployment;
    this.sends = sends;
    this.account = account;
    this.nextBlock = node.newestBlock().number() + 1;
  }

  public static void main(String[] arguments) throws Exception {
    ClientConfiguration configuration =
        WorkerConfiguration.read(Optional.of(Path.of(arguments[0])), Map.of()).client();
    Deployment deployment = Deployment.read(configuration.chain().deployment());
    ChainClient node =
        new ChainClient(
            Endpoint.of(configuration.chain().rpc().getFirst()), Thread::sleep);
    deployment.check(node);
    String password = configuration.key().password().map(Keystore::passwordFrom).orElseThrow();
    Signer signer = Keystore.load(configuration.key().keystore(), password);
    MemoryOutbox outbox = new MemoryOutbox();
    FalseChallengers challengers =
        new FalseChallengers(
            node,
            deployment,
            new CourtSends(node, outbox, signer.address()),
            signer.address());
    TransactionSender sender =
        new TransactionSender(
            node,
            deployment.chainId(),
            signer,
            outbox,
            new SenderSettings(
                configuration.chain().confirmations(),
                BLOCKS_UNTIL_STUCK,
                new FeePolicy(configuration.chain().feeCap())));
    DisputeLog log = new DisputeLog();
    Lookout lookout =
        new Lookout(
            "the false challenger",
            new WatchTurn(challengers::look, sender, log),
            configuration.chain().pollInterval(),
            log);
    Runtime.getRuntime().addShutdownHook(new Thread(lookout::close, "stop the challenger"));
    lookout.start();
    System.out.println(signer.address() + " challenges every claim.");
    new CountDownLatch(1).await();
  }

  private void look() {
    BlockReference newest = node.newestBlock();
    for (MarketEvent.JobClaimed claim :
        new MarketReader(node, deployment).claims(nextBlock, newest.number())) {
      byJob.put(
          claim.job(), new FalseChallenger(node, deployment, sends, account, claim.job()));
    }
    nextBlock = newest.number() + 1;
    byJob.values().forEach(FalseChallenger::run);
  }
}
