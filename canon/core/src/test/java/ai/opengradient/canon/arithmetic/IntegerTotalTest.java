package ai.opengradient.canon.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntegerTotalTest {
  private static final int TERMS = 65_536;

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void isTheSumModulo256Bits() {
    byte[] start = new byte[IntegerTotal.ENCODED_LENGTH];
    random.nextBytes(start);
    for (long fixed : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE, -1}) {
      IntegerTotal total = IntegerTotal.decoded(start);
      BigInteger plain = new BigInteger(start);
      for (int term = 0; term < TERMS; term++) {
        long a = fixed == 0 ? random.nextLong() : fixed;
        long b = fixed == 0 ? random.nextLong() : fixed;
        total.addProduct(a, b);
        plain = plain.add(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
      }
      total.add(fixed);
      plain = plain.add(BigInteger.valueOf(fixed));
      assertThat(total.low()).as("seed %d", seed).isEqualTo(plain.longValue());
      BigInteger modulus = BigInteger.ONE.shiftLeft(256);
      assertThat(new BigInteger(1, total.encoded()))
          .as("seed %d", seed)
          .isEqualTo(plain.mod(modulus));
    }
  }
}
