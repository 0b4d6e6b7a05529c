package ai.opengradient.worker.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration.
 *
 * @param key such as {@code chain.rpc}
 * @param kind what its values look like
 * @param fallback the text that stands when neither file nor environment has the key; empty: the
 *     key must be given
 * @param description what it sets, as one sentence without a full stop
 */
record Setting<T>(String key, Kind<T> kind, Optional<String> fallback, String description) {

  static <T> Setting<T> required(String key, Kind<T> kind, String description) {
    return new Setting<>(key, kind, Optional.empty(), description);
  }

  static <T> Setting<T> of(String key, Kind<T> kind, String fallback, String description) {
    return new Setting<>(key, kind, Optional.of(fallback), description);
  }

  /** The environment variable that overrides the key, such as {@code OPG_CHAIN_RPC}. */
  String environmentName() {
    return environmentName(key);
  }

  /** What all variables of keys with the same first word begin with: {@code OPG_CHAIN_}, say. */
  String environmentGroup() {
    return environmentName(key.substring(0, key.indexOf('.') + 1));
  }

  private static String environmentName(String key) {
    return "OPG_" + key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }
}
