package ai.opengradient.worker.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where models come from and where this machine keeps its own.
 *
 * @param sources trustless gateways and Kubo RPC addresses, none of them trusted
 * @param directory the folder of the local block store
 * @param port on which {@code opg store serve} listens on loopback; 0: any free one
 */
public record StoreSettings(List<URI> sources, Path directory, int port) {}
