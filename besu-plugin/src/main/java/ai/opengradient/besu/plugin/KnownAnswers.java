package ai.opengradient.besu.plugin;

import ai.opengradient.besu.precompile.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Calls of the canon whose answers are known from elsewhere: a deployment asks them of whatever
 * answers at the canon's address, and a node of itself.
 */
record KnownAnswers(List<KnownAnswer> answers) {
  private static final String FILE = "known-answers.txt";

  /** So often that the code is compiled before the first block asks: interpreted it is slow. */
  private static final int ROUNDS = 1_000;

  /** One call, and what it returns. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record KnownAnswer(String question, byte[] call, byte[] answer) {}

  /** Those that come with the plugin. */
  static KnownAnswers packaged() {
    try (InputStream file = KnownAnswers.class.getResourceAsStream(FILE)) {
      return parse(
          new String(Objects.requireNonNull(file, FILE).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Of the file's text: a line each, with the question, the call and what it returns, in
   * hexadecimal, by tabulators; lines that begin with # are remarks.
   */
  static KnownAnswers parse(String text) {
    List<KnownAnswer> answers = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
      List<String> fields = List.of(line.split("\t", -1));
      HexFormat hexadecimal = HexFormat.of();
      answers.add(
          new KnownAnswer(
              fields.get(0),
              hexadecimal.parseHex(fields.get(1)),
              hexadecimal.parseHex(fields.get(2))));
    }
    return new KnownAnswers(answers);
  }

  /**
   * Asks all of them, again and again.
   *
   * @throws StartRefused.WrongAnswer if another outcome is computed
   */
  void check(Function<byte[], Outcome> canon) {
    for (int round = 0; round < ROUNDS; round++) {
      checkOnce(canon);
    }
  }

  private void checkOnce(Function<byte[], Outcome> canon) {
    for (KnownAnswer known : answers) {
      Outcome computed = canon.apply(known.call());
      if (!computed.returned() || !Arrays.equals(computed.data(), known.answer())) {
        throw new StartRefused.WrongAnswer(
            known.question(), "0x" + HexFormat.of().formatHex(known.answer()), text(computed));
      }
    }
  }

  private static String text(Outcome outcome) {
    return (outcome.returned() ? "0x" : "a revert with 0x")
        + HexFormat.of().formatHex(outcome.data());
  }
}
