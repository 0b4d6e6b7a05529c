package ai.opengradient.worker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where models come from and where this machine keeps its own.
 *
 * @param sources trustless gateways, and Kubo RPC addresses where they end in {@code /api/v0}; none of them trusted
 * @param directory the folder of the local block store
 * @param gatewayPort on which {@code opg store serve} listens on loopback as a gateway; 0: any free one
 * @param rpcPort on which it listens as a Kubo RPC; 0: any free one
 */
public record StoreSettings(List<URI> sources, Path directory, int gatewayPort, int rpcPort) {
  /**
   * Reads what commands need that use the store alone, so that no chain has to be configured.
   *
   * @param file relative paths in it count from its folder; empty: the environment alone, paths from the working folder
   * @param environment the process's variables
   * @throws InvalidConfiguration naming all mistakes
   */
  public static StoreSettings read(Optional<Path> file, Map<String, String> environment) {
    return of(ConfigurationSource.read(file, environment, List.of(Settings.CHAIN_RPC)));
  }

  static StoreSettings of(ConfigurationSource source) {
    return new StoreSettings(
        source.get(Settings.STORE_SOURCES),
        source.path(Settings.STORE_DIRECTORY),
        source.get(Settings.STORE_GATEWAY_PORT),
        source.get(Settings.STORE_RPC_PORT));
  }
}
