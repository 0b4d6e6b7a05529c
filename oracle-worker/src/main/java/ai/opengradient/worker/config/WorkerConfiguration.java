package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a worker is told.
 *
 * @param chain how to reach the chain
 * @param key the worker's hot key
 * @param store where models come from
 * @param data the folder of journal and cached models; one worker each
 * @param journal where the journal is kept, if not there
 * @param admin the loopback admin API
 * @param inference limits of one run of ONNX Runtime
 * @param canonical limits of the canonical engine, and how often it is a guard
 * @param offers versions that it serves, by version
 * @param policy which of their jobs it takes
 */
public record WorkerConfiguration(
    ChainSettings chain,
    KeyFiles key,
    StoreSettings store,
    Path data,
    JournalSettings journal,
    AdminSettings admin,
    InferenceLimits inference,
    CanonicalLimits canonical,
    List<ModelOffer> offers,
    AdmissionPolicy policy) {

  /** As {@link #read(Optional, Path, Map)} with the process's working folder. */
  public static WorkerConfiguration read(Optional<Path> file, Map<String, String> environment) {
    return read(file, Path.of("").toAbsolutePath(), environment);
  }

  /**
   * Reads the file and the environment that overrides it.
   *
   * @param file relative paths in it count from its folder; empty: the environment alone, paths
   *     from the working folder
   * @param environment the process's variables
   * @throws InvalidConfiguration naming all mistakes
   */
  public static WorkerConfiguration read(
      Optional<Path> file, Path folder, Map<String, String> environment) {
    return of(ConfigurationSource.read(file, folder, environment, List.of()));
  }

  static WorkerConfiguration of(ConfigurationSource source) {
    return new WorkerConfiguration(
        new ChainSettings(
            source.get(Settings.CHAIN_RPC),
            source.get(Settings.CHAIN_HEADS),
            source.path(Settings.CHAIN_DEPLOYMENT),
            source.get(Settings.CHAIN_CONFIRMATIONS),
            source.get(Settings.CHAIN_POLL_INTERVAL),
            source.get(Settings.TRANSACTIONS_FEE_CAP),
            source.get(Settings.CHAIN_BALANCE_FLOOR)),
        new KeyFiles(
            source.path(Settings.KEY_FILE),
            source.get(Settings.KEY_PASSWORD_FILE).map(source::resolve),
            source.get(Settings.KEY_REMOTE)),
        StoreSettings.of(source),
        source.path(Settings.WORKER_DATA),
        new JournalSettings(
            source.get(Settings.JOURNAL_URL),
            source.get(Settings.JOURNAL_PASSWORD_FILE).map(source::resolve),
            source.get(Settings.JOURNAL_LEASE)),
        new AdminSettings(source.get(Settings.ADMIN_PORT), source.path(Settings.ADMIN_TOKEN_FILE)),
        new InferenceLimits(
            source.get(Settings.INFERENCE_TIMEOUT),
            source.get(Settings.INFERENCE_MEMORY),
            source.get(Settings.INFERENCE_THREADS),
            source.get(Settings.INFERENCE_PROCESSES)),
        new CanonicalLimits(
            source.get(Settings.CANONICAL_TIMEOUT),
            source.get(Settings.CANONICAL_MEMORY),
            source.get(Settings.CANONICAL_THREADS),
            source.get(Settings.POLICY_GUARD)),
        source.offers(),
        new AdmissionPolicy(
            source.get(Settings.POLICY_LEASE),
            source.get(Settings.POLICY_UNDISPUTABLE),
            source.get(Settings.POLICY_QUEUE_LIMIT)));
  }

  /** How often a version's stock answers are checked by the canonical engine. */
  public GuardPolicy guard(long version) {
    return offers.stream()
        .filter(offer -> offer.version() == version)
        .map(ModelOffer::guard)
        .findFirst()
        .orElse(canonical.guard());
  }

  public ClientConfiguration client() {
    return new ClientConfiguration(chain, key, store);
  }
}
