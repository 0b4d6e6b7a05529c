package ai.opengradient.worker.config;

import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.worker.chain.Amount;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Every key of the configuration. */
public final class Settings {
  static final Setting<List<URI>> CHAIN_RPC =
      Setting.required(
          "chain.rpc",
          Kinds.ADDRESSES,
          "The JSON-RPC of one node or several; the first one that is fit is asked, all are sent to");
  static final Setting<Optional<URI>> CHAIN_HEADS =
      Setting.of(
          "chain.heads",
          Kinds.OPTIONAL_WEB_SOCKET,
          "",
          "Where a node announces new blocks, which are looked at sooner; empty: nowhere");
  static final Setting<Path> CHAIN_DEPLOYMENT =
      Setting.of(
          "chain.deployment",
          Kinds.PATH,
          "deployment.json",
          "The file that the deployment wrote: chain id and contracts");
  static final Setting<Integer> CHAIN_CONFIRMATIONS =
      Setting.of(
          "chain.confirmations",
          Kinds.integer("blocks", 0, 1_000),
          "2",
          "Blocks on top of one before its events count");
  static final Setting<Duration> CHAIN_POLL_INTERVAL =
      Setting.of(
          "chain.poll-interval",
          Kinds.DURATION,
          "1s",
          "Time between two looks at the chain's head");
  static final Setting<BigInteger> CHAIN_BALANCE_FLOOR =
      Setting.of(
          "chain.balance-floor",
          Kinds.GIGAWEI,
          "10000000",
          "Coin kept for claims, disputes and payments; with less the worker takes no new jobs");
  static final Setting<BigInteger> TRANSACTIONS_FEE_CAP =
      Setting.of(
          "transactions.fee-cap",
          Kinds.GIGAWEI,
          "100",
          "Most that a transaction may pay for a unit of gas");
  static final Setting<Path> KEY_FILE =
      Setting.of("key.file", Kinds.PATH, "keystore.json", "The encrypted V3 keystore to send with");
  static final Setting<Optional<Path>> KEY_PASSWORD_FILE =
      Setting.of(
          "key.password-file",
          Kinds.OPTIONAL_PATH,
          "",
          "The file that holds the keystore's password; empty: ask in the terminal");
  static final Setting<Optional<RemoteKey>> KEY_REMOTE =
      Setting.of(
          "key.remote",
          Kinds.REMOTE_KEY,
          "",
          "A signer that has the key instead of the keystore, by web3signer's API for eth1");
  static final Setting<List<SourceAddress>> STORE_SOURCES =
      Setting.of(
          "store.sources",
          Kinds.SOURCES,
          "",
          "Whom to ask for models that the local store lacks, in this order; none is trusted");
  static final Setting<Path> STORE_DIRECTORY =
      Setting.of("store.directory", Kinds.PATH, "store", "The folder of the local block store");
  static final Setting<Long> STORE_CACHE =
      Setting.of(
          "store.cache",
          Kinds.BYTES,
          "64GiB",
          "Most that the local block store may take, and most that fetched files may take in a"
              + " worker's or watcher's folder; what is neither pinned nor needed goes first");
  static final Setting<Integer> STORE_GATEWAY_PORT =
      Setting.of(
          "store.gateway-port",
          Kinds.PORT,
          "4780",
          "Where `opg store serve` listens on loopback as a gateway; 0: any free port");
  static final Setting<Integer> STORE_RPC_PORT =
      Setting.of(
          "store.rpc-port",
          Kinds.PORT,
          "4781",
          "Where `opg store serve` listens on loopback as a Kubo RPC; 0: any free port");
  static final Setting<Path> WORKER_DATA =
      Setting.of(
          "worker.data", Kinds.PATH, "data", "The folder of journal and cached models; one each");
  static final Setting<Optional<String>> JOURNAL_URL =
      Setting.of(
          "journal.url",
          Kinds.POSTGRESQL,
          "",
          "The database of PostgreSQL that a fleet's processes share; empty: a file in worker.data");
  static final Setting<Optional<Path>> JOURNAL_PASSWORD_FILE =
      Setting.of(
          "journal.password-file",
          Kinds.OPTIONAL_PATH,
          "",
          "The file that holds the password of the database's user");
  static final Setting<Duration> JOURNAL_LEASE =
      Setting.of(
          "journal.lease",
          Kinds.DURATION,
          "15s",
          "After how long without a sign of life a fleet's process has lost what it had; the same for all");
  static final Setting<Integer> ADMIN_PORT =
      Setting.of(
          "admin.port",
          Kinds.integer("port", 1, 65_535),
          "4790",
          "Where the worker's admin API listens on loopback");
  static final Setting<Path> ADMIN_TOKEN_FILE =
      Setting.of(
          "admin.token-file",
          Kinds.PATH,
          "admin.token",
          "The file that holds the admin API's token");
  static final Setting<Duration> INFERENCE_TIMEOUT =
      Setting.of("inference.timeout", Kinds.DURATION, "60s", "Longest that one run may take");
  static final Setting<Long> INFERENCE_MEMORY =
      Setting.of(
          "inference.memory", Kinds.BYTES, "2GiB", "Most memory of the process that runs models");
  static final Setting<Integer> INFERENCE_THREADS =
      Setting.of(
          "inference.threads",
          Kinds.integer("threads", 1, 1_024),
          "1",
          "Threads that ONNX Runtime computes with");
  static final Setting<Integer> INFERENCE_PROCESSES =
      Setting.of(
          "inference.processes",
          Kinds.integer("processes", 1, 64),
          "1",
          "Processes that run models side by side; a model stays with one, and each may take so much memory and so many threads");
  static final Setting<Duration> CANONICAL_TIMEOUT =
      Setting.of(
          "canonical.timeout",
          Kinds.DURATION,
          "10m",
          "Longest that one run of the canonical engine may take");
  static final Setting<Long> CANONICAL_MEMORY =
      Setting.of(
          "canonical.memory",
          Kinds.BYTES,
          "3GiB",
          "Most memory of the process of the canonical engine, which starts when it is needed");
  static final Setting<Integer> CANONICAL_THREADS =
      Setting.of(
          "canonical.threads",
          Kinds.integer("threads", 1, 1_024),
          "2",
          "Threads that the canonical engine computes with");
  static final Setting<GuardPolicy> POLICY_GUARD =
      Setting.of(
          "policy.guard",
          Kinds.choice(GuardPolicy.class),
          "sampled",
          "How often to check ONNX Runtime's answer by the canonical engine before claiming it");
  static final Setting<LeasePolicy> POLICY_LEASE =
      Setting.of(
          "policy.lease",
          Kinds.choice(LeasePolicy.class),
          "when-idle",
          "Whether to take over jobs of late workers");
  static final Setting<UndisputablePolicy> POLICY_UNDISPUTABLE =
      Setting.of(
          "policy.undisputable",
          Kinds.choice(UndisputablePolicy.class),
          "serve",
          "What to do with jobs of versions that no court can judge");
  static final Setting<Integer> POLICY_QUEUE_LIMIT =
      Setting.of(
          "policy.queue-limit",
          Kinds.integer("jobs", 1, 10_000),
          "16",
          "Jobs that may wait before further ones are declined");

  static final Setting<Path> WATCH_DATA =
      Setting.of(
          "watch.data",
          Kinds.PATH,
          "watch",
          "The folder of a watcher's outbox, traces and cached models; one each");
  static final Setting<Integer> WATCH_SHARE =
      Setting.of(
          "watch.share",
          Kinds.integer("percent", 1, 100),
          "100",
          "How many of the claims a watcher looks at; which ones follows from its key");
  static final Setting<Amount> WATCH_LEAST_FEE =
      Setting.of(
          "watch.least-fee", Kinds.AMOUNT, "0", "Least fee of a job that a watcher looks at");
  static final Setting<SortedSet<Long>> WATCH_VERSIONS =
      Setting.of("watch.versions", Kinds.VERSIONS, "", "Model versions that a watcher looks at");
  static final Setting<Amount> WATCH_BOND_LIMIT =
      Setting.of(
          "watch.bond-limit",
          Kinds.AMOUNT,
          "10000",
          "Most that a watcher stakes in challenges that are not over");
  static final Setting<BigInteger> WATCH_COIN_LIMIT =
      Setting.of(
          "watch.coin-limit",
          Kinds.GIGAWEI,
          "100000000",
          "Most of the chain's coin that a watcher prepays for answers in one challenge");

  static final List<Setting<?>> ALL =
      List.of(
          CHAIN_RPC,
          CHAIN_HEADS,
          CHAIN_DEPLOYMENT,
          CHAIN_CONFIRMATIONS,
          CHAIN_POLL_INTERVAL,
          CHAIN_BALANCE_FLOOR,
          TRANSACTIONS_FEE_CAP,
          KEY_FILE,
          KEY_PASSWORD_FILE,
          KEY_REMOTE,
          STORE_SOURCES,
          STORE_DIRECTORY,
          STORE_CACHE,
          STORE_GATEWAY_PORT,
          STORE_RPC_PORT,
          WORKER_DATA,
          JOURNAL_URL,
          JOURNAL_PASSWORD_FILE,
          JOURNAL_LEASE,
          ADMIN_PORT,
          ADMIN_TOKEN_FILE,
          INFERENCE_TIMEOUT,
          INFERENCE_MEMORY,
          INFERENCE_THREADS,
          INFERENCE_PROCESSES,
          CANONICAL_TIMEOUT,
          CANONICAL_MEMORY,
          CANONICAL_THREADS,
          POLICY_GUARD,
          POLICY_LEASE,
          POLICY_UNDISPUTABLE,
          POLICY_QUEUE_LIMIT,
          WATCH_DATA,
          WATCH_SHARE,
          WATCH_LEAST_FEE,
          WATCH_VERSIONS,
          WATCH_BOND_LIMIT,
          WATCH_COIN_LIMIT);

  private Settings() {}

  /** The least price at which the worker takes jobs of a version; makes it serve the version. */
  static Setting<Amount> offerPrice(String version) {
    return Setting.required(
        "offer." + version + ".price",
        Kinds.AMOUNT,
        "Least price of a job of model version " + version + "; the key makes the worker serve it");
  }

  /** The greatest job bond that the worker accepts for a version. */
  static Setting<Amount> offerBondLimit(String version) {
    return Setting.required(
        "offer." + version + ".bond-limit",
        Kinds.AMOUNT,
        "Greatest job bond that the worker accepts for model version " + version);
  }

  /**
   * How often the stock answers of a version are checked.
   *
   * @param general what stands for all versions
   */
  static Setting<GuardPolicy> offerGuard(String version, String general) {
    return Setting.of(
        "offer." + version + ".guard",
        Kinds.choice(GuardPolicy.class),
        general,
        "What policy.guard is for model version " + version + "; without it policy.guard holds");
  }

  /** All keys as people read about them; the keys of offers have {@code N} for the version. */
  public static List<Explanation> explain() {
    return Stream.concat(
            ALL.stream(),
            Stream.of(
                offerPrice("N"),
                offerBondLimit("N"),
                offerGuard("N", POLICY_GUARD.fallback().orElseThrow())))
        .map(setting ->
            new Explanation(
                setting.key(),
                setting.environmentName(),
                setting.kind().unit(),
                setting.fallback(),
                setting.description()))
        .toList();
  }

  /**
   * A file with every key: the given ones set, the others as comments with their default.
   *
   * @param given texts by key
   */
  public static String skeleton(Map<String, String> given) {
    StringBuilder text = new StringBuilder();
    for (Explanation explanation : explain()) {
      text.append("# ").append(explanation.description()).append(".\n");
      text.append("# ").append(explanation.unit()).append('\n');
      String value = given.get(explanation.key());
      text.append(value == null ? "#" : "").append(explanation.key()).append(" = ");
      text.append(value == null ? explanation.fallback().orElse("") : value).append("\n\n");
    }
    return text.toString();
  }

  /**
   * A key, explained.
   *
   * @param unit what its values look like
   * @param fallback the text that stands when nobody gives it; empty: it must be given
   */
  public record Explanation(
      String key,
      String environmentName,
      String unit,
      Optional<String> fallback,
      String description) {}
}
