package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the key is.
 *
 * @param keystore an encrypted V3 keystore; the lock of the key's one process lies beside it
 * @param password a file that holds its password; empty: ask in the terminal
 * @param remote who has the key instead of the keystore
 */
public record KeyFiles(Path keystore, Optional<Path> password, Optional<RemoteKey> remote) {}
