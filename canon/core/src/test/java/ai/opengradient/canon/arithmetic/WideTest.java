package ai.opengradient.canon.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against BigInteger, with words of all ones, of one bit and of none among them. */
class WideTest {
  private static final long SEED = 20261128;
  private static final int DRAWS = 200_000;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Wide.BITS);

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void addsSubtractsAndComparesModulo128Bits() {
    for (int draw = 0; draw < DRAWS; draw++) {
      Wide a = wide();
      Wide b = wide();
      assertThat(integer(a.plus(b))).isEqualTo(integer(a).add(integer(b)).mod(MODULUS));
      assertThat(integer(a.minus(b))).isEqualTo(integer(a).subtract(integer(b)).mod(MODULUS));
      assertThat(integer(a.negated())).isEqualTo(integer(a).negate().mod(MODULUS));
      assertThat(a.isBelow(b)).isEqualTo(integer(a).compareTo(integer(b)) < 0);
      int factor = random.nextInt() >>> 1;
      assertThat(integer(a.times(factor)))
          .isEqualTo(integer(a).multiply(BigInteger.valueOf(factor)).mod(MODULUS));
    }
  }

  @Test
  void multipliesByFractionsToThreeUnits() {
    for (int draw = 0; draw < DRAWS; draw++) {
      Wide a = wide();
      Wide b = wide();
      BigInteger exact = integer(a).multiply(integer(b)).shiftRight(Wide.BITS);
      assertThat(exact.subtract(integer(a.times(b))))
          .isBetween(BigInteger.ZERO, BigInteger.valueOf(3));
    }
  }

  @Test
  void dividesExactly() {
    for (int draw = 0; draw < DRAWS; draw++) {
      Wide divisor = wide();
      divisor = new Wide(divisor.high() | Long.MIN_VALUE, divisor.low());
      Wide dividend = Wide.of(integer(wide()).mod(integer(divisor)));
      if (draw % 4 == 0) {
        dividend = divisor.minus(new Wide(0, 1 + random.nextInt(3)));
      }
      assertThat(integer(dividend.over(divisor)))
          .as("%s over %s", dividend, divisor)
          .isEqualTo(integer(dividend).shiftLeft(Wide.BITS).divide(integer(divisor)));
    }
  }

  @Test
  void shiftsByEveryDistance() {
    for (int distance = 0; distance < 300; distance++) {
      Wide a = wide();
      assertThat(integer(a.shiftedRight(distance))).isEqualTo(integer(a).shiftRight(distance));
      assertThat(integer(a.shifted(-distance))).isEqualTo(integer(a).shiftRight(distance));
      if (distance < Wide.BITS) {
        assertThat(integer(a.shiftedLeft(distance)))
            .isEqualTo(integer(a).shiftLeft(distance).mod(MODULUS));
      }
      assertThat(a.shiftedRight(distance).leadingZeros())
          .isEqualTo(Wide.BITS - integer(a.shiftedRight(distance)).bitLength());
    }
  }

  private Wide wide() {
    return new Wide(word(), word());
  }

  private long word() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 1L << random.nextInt(Long.SIZE);
      case 3 -> -1L >>> random.nextInt(Long.SIZE);
      default -> random.nextLong();
    };
  }

  private static BigInteger integer(Wide wide) {
    return new BigInteger(Long.toUnsignedString(wide.high()))
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(wide.low())));
  }
}
