package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads what calls return and revert with, as compilers and wallets do. */
record AnswerReader(Outcome outcome, int start) {
  private static final int WORD = 32;

  /** What a call returned; it did. */
  static AnswerReader returned(byte[] call) {
    Outcome outcome = CanonPrecompile.run(call);
    assertThat(outcome.returned()).as("returned").isTrue();
    return new AnswerReader(outcome, 0);
  }

  /** What a call reverted with; it did. */
  static AnswerReader reverted(byte[] call) {
    Outcome outcome = CanonPrecompile.run(call);
    assertThat(outcome.returned()).as("returned").isFalse();
    return new AnswerReader(outcome, CanonPrecompile.SELECTOR_LENGTH);
  }

  byte[] bytes() {
    return outcome.data();
  }

  /** Fails unless the answer is the error of that signature with these arguments. */
  void isError(String signature, long... arguments) {
    assertThat(new BigInteger(1, outcome.data(), 0, start).intValue())
        .as("selector of %s", signature)
        .isEqualTo(Signature.selector(signature));
    assertThat(outcome.data()).hasSize(start + arguments.length * WORD);
    for (int at = 0; at < arguments.length; at++) {
      assertThat(word(at)).as("argument %d of %s", at, signature).isEqualTo(arguments[at]);
    }
  }

  /** A word's number, below 2^63. */
  long word(int number) {
    return wordAt(start + number * WORD).longValueExact();
  }

  /** A word's bits, of which 64 may be set. */
  long bits(int number) {
    return wordAt(start + number * WORD).longValue();
  }

  /** The list to which a word points. */
  List<Long> list(int number) {
    int at = start + (int) word(number);
    int length = wordAt(at).intValueExact();
    List<Long> list = new ArrayList<>();
    for (int element = 1; element <= length; element++) {
      list.add(wordAt(at + element * WORD).longValueExact());
    }
    return list;
  }

  /** The byte string to which a word points. */
  byte[] string(int number) {
    int at = start + (int) word(number);
    byte[] string = new byte[wordAt(at).intValueExact()];
    System.arraycopy(outcome.data(), at + WORD, string, 0, string.length);
    return string;
  }

  private BigInteger wordAt(int at) {
    return new BigInteger(1, outcome.data(), at, WORD);
  }
}
