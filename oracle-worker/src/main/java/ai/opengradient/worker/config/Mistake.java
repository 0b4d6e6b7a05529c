package ai.opengradient.worker.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param key the key it is about
 * @param problem what is wrong, without a full stop
 */
public record Mistake(String key, String problem) {
  @Override
  public String toString() {
    return key + ": " + problem;
  }
}
