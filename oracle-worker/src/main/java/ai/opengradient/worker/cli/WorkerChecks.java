package ai.opengradient.worker.cli;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.WorkerAccount;
import ai.opengradient.worker.config.ModelOffer;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.Profile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The checks of a worker whose configuration is sound. A check that needs another one's result is
 * left out when that failed.
 */
final class WorkerChecks {
  private static final int JAVA_WANTED = 25;
  private static final int COIN_DECIMALS = 18;

  private final WorkerConfiguration configuration;
  private final List<Finding> findings = new ArrayList<>();
  private @Nullable ChainAccess chain;
  private @Nullable Address worker;

  WorkerChecks(WorkerConfiguration configuration) {
    this.configuration = configuration;
  }

  static String java() {
    int feature = Runtime.version().feature();
    if (feature < JAVA_WANTED) {
      throw new OpgException(
          ErrorCode.JAVA_TOO_OLD, "this is Java " + feature + ", " + JAVA_WANTED + " is needed");
    }
    return Runtime.version() + " of " + System.getProperty("java.vendor");
  }

  List<Finding> run() {
    check("chain", this::chain);
    check("key", this::key);
    if (chain != null && worker != null) {
      ChainAccess opened = chain;
      Address account = worker;
      check("gas", () -> gas(opened, account));
      check("stake", () -> stake(opened, account));
      for (ModelOffer offer : configuration.offers()) {
        check("offer " + offer.version(), () -> offer(opened, account, offer));
      }
    }
    check("data folder", this::dataFolder);
    check("admin token", this::adminToken);
    sources();
    check("inference", this::inference);
    if (chain != null) {
      chain.close();
    }
    return findings;
  }

  private void check(String name, Callable<String> examination) {
    findings.add(Finding.of(name, examination));
  }

  private String chain() {
    ChainAccess opened = ChainAccess.open(configuration.chain());
    chain = opened;
    BlockReference newest = opened.node().newestBlock();
    Deployment deployment = opened.deployment();
    return "chain "
        + deployment.chainId()
        + " at block "
        + newest.number()
        + ", market "
        + deployment.market();
  }

  private String key() {
    Address address = Account.signer(configuration.key()).address();
    worker = address;
    return address.toString();
  }

  private static String gas(ChainAccess chain, Address worker) {
    BigInteger wei = chain.node().coinBalance(worker);
    if (wei.signum() == 0) {
      throw new OpgException(ErrorCode.GAS_FUNDS_TOO_LOW, worker + " has no coin");
    }
    return new BigDecimal(wei, COIN_DECIMALS).stripTrailingZeros().toPlainString() + " coin";
  }

  private static String stake(ChainAccess chain, Address worker) {
    WorkerAccount account =
        chain
            .workers()
            .worker(worker)
            .orElseThrow(
                () -> new OpgException(ErrorCode.UNKNOWN_WORKER, worker + " is not registered"));
    if (account.staked().equals(Amount.ZERO)) {
      throw new OpgException(ErrorCode.STAKE_TOO_LOW, worker + " has no stake");
    }
    return account.staked()
        + " OPG staked, "
        + chain.workers().freeStake(worker)
        + " free, "
        + account.unbonding()
        + " unbonding";
  }

  private static String offer(ChainAccess chain, Address worker, ModelOffer offer) {
    if (chain.models().version(offer.version()).deprecated()) {
      throw new OpgException(
          ErrorCode.VERSION_DEPRECATED, "version " + offer.version() + " is deprecated");
    }
    return chain
        .workers()
        .offer(offer.version(), worker)
        .filter(standing -> standing.until() == 0)
        .map(standing -> "open for " + standing.price() + " OPG")
        .orElseThrow(() ->
            new OpgException(
                ErrorCode.NO_OFFER, "version " + offer.version() + " is not offered on chain"));
  }

  private String dataFolder() throws IOException {
    Path folder = configuration.data();
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new OpgException(ErrorCode.FILE_NOT_WRITABLE, folder + " can't be written");
    }
    return folder.toString();
  }

  private String adminToken() {
    Path file = configuration.admin().tokenFile();
    if (!Files.isReadable(file)) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, file + " can't be read");
    }
    return file.toString();
  }

  private void sources() {
    try (ContentAccess content = ContentAccess.open(configuration.store())) {
      check("local store", () -> configuration.store().directory().toString());
      for (SourceAddress address : configuration.store().sources()) {
        check("source", () -> reach(address.open(content.http())));
      }
    }
  }

  /** A source that can say that it has not something answers. */
  private static String reach(BlockSource source) {
    Block nobodys = Block.of(Codec.RAW, "opg worker doctor asks".getBytes(StandardCharsets.UTF_8));
    try {
      source.get(nobodys.id());
    } catch (StoreException.MissingBlock answers) {
      return source.name() + " answers";
    }
    return source.name() + " answers";
  }

  private String inference() throws InferenceException {
    InferenceSettings settings =
        InferenceSettings.standard(configuration.data().resolve("inference"))
            .withMemoryLimit(configuration.inference().memory())
            .withThreads(configuration.inference().threads())
            .withTimeLimit(configuration.inference().time());
    try (InferenceProcess process = InferenceProcess.start(settings)) {
      Profile profile = process.profile();
      return "ONNX Runtime "
          + profile.onnxRuntimeVersion()
          + ", "
          + profile.provider()
          + ", "
          + profile.threads()
          + " threads";
    }
  }
}
