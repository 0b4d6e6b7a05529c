package ai.opengradient.worker.config;

import java.nio.file.Path;

/**
 * The worker's loopback admin API.
 *
 * @param port on 127.0.0.1
 * @param tokenFile holds the token that every call must carry
 */
public record AdminSettings(int port, Path tokenFile) {}
