package ai.opengradient.store.kubo;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * The options of {@code add} that would change which blocks are written: only what the one profile
 * does anyway is taken.
 */
final class AddOptions {
  private static final Map<String, String> ONLY =
      Map.ofEntries(
          Map.entry("cid-version", "1"),
          Map.entry("raw-leaves", "true"),
          Map.entry("chunker", "size-1048576"),
          Map.entry("max-file-links", "1024"),
          Map.entry("hash", "sha2-256"),
          Map.entry("trickle", "false"),
          Map.entry("inline", "false"),
          Map.entry("only-hash", "false"),
          Map.entry("nocopy", "false"));

  private AddOptions() {}

  /**
   * @throws CommandFailed if an option asks for something else
   */
  static void check(MultiMap options) {
    ONLY.forEach((name, value) -> {
      if (!options.getAll(name).stream().allMatch(value::equals)) {
        throw new CommandFailed(
            400,
            "this store writes the profile unixfs-v1-2025 only: leave the option "
                + name
                + " away or say "
                + value);
      }
    });
  }
}
