package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What commands need that use chain and store but run no worker. */
public record ClientConfiguration(ChainSettings chain, KeyFiles key, StoreSettings store) {
  /**
   * Reads the file and the environment that overrides it.
   *
   * @param file relative paths in it count from its folder; empty: the environment alone, paths
   *     from the working folder
   * @param environment the process's variables
   * @throws InvalidConfiguration naming all mistakes
   */
  public static ClientConfiguration read(
      Optional<Path> file, Path folder, Map<String, String> environment) {
    return WorkerConfiguration.read(file, folder, environment).client();
  }
}
