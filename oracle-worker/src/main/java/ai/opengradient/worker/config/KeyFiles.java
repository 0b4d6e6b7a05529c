package ai.opengradient.worker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the key is.
 *
 * @param keystore an encrypted V3 keystore
 * @param password a file that holds its password; empty: ask in the terminal
 */
public record KeyFiles(Path keystore, Optional<Path> password) {}
