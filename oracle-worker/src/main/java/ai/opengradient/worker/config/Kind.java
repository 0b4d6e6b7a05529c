package ai.opengradient.worker.config;

/**
 * What the values of a setting look like.
 *
 * @param unit what people are told to write, such as {@code duration (500ms, 30s, 5m)}
 */
record Kind<T>(String unit, Parser<T> parser) {

  /** Reads a value. */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * Reads the text of one value.
     *
     * @throws IllegalArgumentException saying what is wrong with the text, as the end of a sentence
     */
    T parse(String text);
  }
}
