package ai.opengradient.worker.config;

import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.SourceAddress;
import ai.opengradient.store.http.HttpCaller;
import ai.opengradient.store.retention.StoreLimit;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where models come from and where this machine keeps its own.
 *
 * @param sources whom to ask for what the local store lacks; none is trusted
 * @param directory the folder of the local block store
 * @param cache most bytes that the local block store may take, and most that a folder of fetched
 *     files may
 * @param gatewayPort on which {@code opg store serve} listens on loopback as a gateway; 0: any free
 *     one
 * @param rpcPort on which it listens as a Kubo RPC; 0: any free one
 */
public record StoreSettings(
    List<SourceAddress> sources, Path directory, long cache, int gatewayPort, int rpcPort) {
  /**
   * Reads what commands need that use the store alone, so that no chain has to be configured.
   *
   * @param file relative paths in it count from its folder; empty: the environment alone, paths
   *     from the working folder
   * @param environment the process's variables
   * @throws InvalidConfiguration naming all mistakes
   */
  public static StoreSettings read(
      Optional<Path> file, Path folder, Map<String, String> environment) {
    return of(ConfigurationSource.read(file, folder, environment, List.of(Settings.CHAIN_RPC)));
  }

  /** The local store, which takes no more than it may. */
  public BlockStore blocks(InstantSource clock) {
    return new BlockStore(directory, new StoreLimit(cache, clock));
  }

  /** How files are fetched; a folder of them takes no more than it may either. */
  public FetchSettings fetching(InstantSource clock) {
    return FetchSettings.usual(cache, clock);
  }

  /** The local store and then the sources. */
  public List<BlockSource> open(HttpCaller http, InstantSource clock) {
    return Stream.concat(
            Stream.<BlockSource>of(blocks(clock)),
            sources.stream().map(source -> source.open(http)))
        .toList();
  }

  static StoreSettings of(ConfigurationSource source) {
    return new StoreSettings(
        source.get(Settings.STORE_SOURCES).stream()
            .map(address -> resolve(source, address))
            .toList(),
        source.path(Settings.STORE_DIRECTORY),
        source.get(Settings.STORE_CACHE),
        source.get(Settings.STORE_GATEWAY_PORT),
        source.get(Settings.STORE_RPC_PORT));
  }

  private static SourceAddress resolve(ConfigurationSource source, SourceAddress address) {
    return switch (address) {
      case SourceAddress.Directory local ->
          new SourceAddress.Directory(source.resolve(local.path()));
      case SourceAddress.Gateway gateway -> gateway;
      case SourceAddress.Kubo kubo -> kubo;
    };
  }
}
