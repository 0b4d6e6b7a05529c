package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(256);
  private static final Hash HASH = Hash.of(new byte[32]);

  @Test
  void writesNumbersAlike() {
    for (long value : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
      assertThat(Words.tagged(9).add(value).hash())
          .isEqualTo(Words.tagged(9).add(BigInteger.valueOf(value)).hash());
    }
    byte[] ones = new byte[33];
    Arrays.fill(ones, 1, 33, (byte) -1);
    ones[0] = 9;
    assertThat(Words.tagged(9).add(WORD.subtract(BigInteger.ONE)).hash())
        .isEqualTo(Keccak256.hash(ones));
  }

  @Test
  void refusesWhatFitsNoWord() {
    Words words = Words.tagged(9);
    assertThatThrownBy(() -> words.add(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> words.add(BigInteger.valueOf(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> words.add(WORD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void bindsTracesToAddressesOnly() {
    BigInteger one = BigInteger.ONE;
    BigInteger greatest = BigInteger.ONE.shiftLeft(160).subtract(one);
    assertThat(TraceCommitment.of(one, greatest, one, HASH, HASH)).isNotNull();
    assertThatThrownBy(() -> TraceCommitment.of(one, greatest.add(one), one, HASH, HASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an address");
    assertThatThrownBy(() -> TraceCommitment.of(one, one, WORD, HASH, HASH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
