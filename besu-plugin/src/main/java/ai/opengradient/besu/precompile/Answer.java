package ai.opengradient.besu.precompile;

import java.nio.ByteBuffer;
import java.util.List;

/** Writes what a call returns or reverts with: words of 32 bytes. */
final class Answer {
  private final byte[] whole;
  private final ByteBuffer bytes;

  private Answer(int length) {
    whole = new byte[length];
    bytes = ByteBuffer.wrap(whole);
  }

  /** Of so many words. */
  static Answer of(int words) {
    return new Answer(words * CallData.WORD);
  }

  /** An error with arguments of so many words. */
  static Answer failure(int selector, int words) {
    Answer answer = new Answer(CanonPrecompile.SELECTOR_LENGTH + words * CallData.WORD);
    answer.bytes.putInt(selector);
    return answer;
  }

  /** The words that so many bytes take, with their length before them. */
  static int wordsOf(int bytes) {
    return 1 + (bytes + CallData.WORD - 1) / CallData.WORD;
  }

  /** A word with this number, which is not negative, or has 64 bits. */
  Answer put(long number) {
    bytes.position(bytes.position() + CallData.WORD - Long.BYTES);
    bytes.putLong(number);
    return this;
  }

  /** The length, then a word for each of the numbers. */
  Answer put(List<Integer> numbers) {
    put(numbers.size());
    for (int number : numbers) {
      put(number);
    }
    return this;
  }

  /** The length, then the bytes, zero-filled. */
  Answer put(byte[] string) {
    put(string.length);
    int end = bytes.position() + (wordsOf(string.length) - 1) * CallData.WORD;
    bytes.put(string).position(end);
    return this;
  }

  /** All of it: as many words as it was made for. */
  byte[] bytes() {
    return whole;
  }
}
