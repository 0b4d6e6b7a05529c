package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a watcher is told.
 *
 * @param client how to reach chain and store, and the watcher's key
 * @param data the folder of its outbox, its traces and cached models; one watcher each
 * @param inference limits of one run of ONNX Runtime
 * @param canonical limits of the canonical engine
 * @param policy which claims it looks at
 */
public record WatchConfiguration(
    ClientConfiguration client,
    Path data,
    InferenceLimits inference,
    CanonicalLimits canonical,
    WatchPolicy policy) {
  /**
   * Reads the file and the environment that overrides it.
   *
   * @param file relative paths in it count from its folder; empty: the environment alone, paths
   *     from the working folder
   * @param environment the process's variables
   * @throws InvalidConfiguration naming all mistakes
   */
  public static WatchConfiguration read(
      Optional<Path> file, Path folder, Map<String, String> environment) {
    ConfigurationSource source = ConfigurationSource.read(file, folder, environment, List.of());
    WorkerConfiguration shared = WorkerConfiguration.of(source);
    return new WatchConfiguration(
        shared.client(),
        source.path(Settings.WATCH_DATA),
        shared.inference(),
        shared.canonical(),
        new WatchPolicy(
            source.get(Settings.WATCH_SHARE),
            source.get(Settings.WATCH_LEAST_FEE),
            source.get(Settings.WATCH_VERSIONS),
            source.get(Settings.WATCH_BOND_LIMIT),
            source.get(Settings.WATCH_COIN_LIMIT)));
  }
}
