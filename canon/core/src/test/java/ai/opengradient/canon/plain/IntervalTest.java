package ai.opengradient.canon.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final int PRECISION = 12;
  private static final BigInteger SCALE = BigInteger.TWO.pow(PRECISION);

  /** Every integer of a small interval with every integer of another one. */
  @Test
  void holdsEveryResultAndLittleMore() {
    long seed = 1;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      Interval left = interval(random);
      Interval right = interval(random);
      BigInteger x = inside(left, random);
      BigInteger y = inside(right, random);
      String operands = "seed %d, %s, %s".formatted(seed, left, right);
      assertHolds(left.add(right), x.add(y), BigInteger.ONE, operands);
      assertHolds(left.subtract(right), x.subtract(y), BigInteger.ONE, operands);
      assertHolds(left.multiply(right), x.multiply(y), SCALE, operands);
      assertHolds(left.divide(7), x, BigInteger.valueOf(7), operands);
      assertHolds(left.timesPowerOfTwo(-3), x, BigInteger.valueOf(8), operands);
      if (right.low().signum() > 0) {
        assertHolds(left.divide(right), x.multiply(SCALE), y, operands);
        Interval root = right.squareRoot();
        BigInteger radicand = y.multiply(SCALE);
        assertThat(root.low().pow(2)).as(operands).isLessThanOrEqualTo(radicand);
        assertThat(root.high().pow(2)).as(operands).isGreaterThanOrEqualTo(radicand);
      }
    }
  }

  @Test
  void keepsExactResultsExact() {
    Interval three = Interval.of(3, PRECISION);
    assertThat(three.multiply(Interval.of(-2, PRECISION))).isEqualTo(Interval.of(-6, PRECISION));
    assertThat(Interval.of(6, PRECISION).divide(three)).isEqualTo(Interval.of(2, PRECISION));
    assertThat(three.timesPowerOfTwo(-PRECISION).low()).isEqualTo(BigInteger.valueOf(3));
    assertThat(three.timesPowerOfTwo(-PRECISION - 1))
        .isEqualTo(new Interval(BigInteger.ONE, BigInteger.TWO, PRECISION));
  }

  @Test
  void refusesWhatIsNoInterval() {
    assertThatThrownBy(() -> new Interval(BigInteger.ONE, BigInteger.ZERO, PRECISION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Interval.of(1, PRECISION).divide(Interval.of(0, PRECISION)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void enclosesPiAndTheLogarithmOfTwoTightly() {
    assertEncloses(
        IntervalFunctions.pi(192),
        "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899");
    assertEncloses(
        IntervalFunctions.logarithmOfTwo(192),
        "0.69314718055994530941723212145817656807550013436025525412068000949339362196969472");
  }

  /** 2^-181 is more than the last of these 80 digits, and all that the operations may lose. */
  private static void assertEncloses(Interval interval, String digits) {
    BigDecimal scale = new BigDecimal(BigInteger.TWO.pow(interval.precision()));
    BigDecimal value = new BigDecimal(digits).multiply(scale);
    assertThat(new BigDecimal(interval.low())).isLessThan(value);
    assertThat(new BigDecimal(interval.high())).isGreaterThan(value);
    assertThat(interval.high().subtract(interval.low())).isLessThan(BigInteger.TWO.pow(11));
  }

  private static void assertHolds(
      Interval interval, BigInteger numerator, BigInteger denominator, String operands) {
    assertThat(interval.low().multiply(denominator)).as(operands).isLessThanOrEqualTo(numerator);
    assertThat(interval.high().multiply(denominator))
        .as(operands)
        .isGreaterThanOrEqualTo(numerator);
  }

  private static Interval interval(Random random) {
    BigInteger low = BigInteger.valueOf(random.nextInt(-40_000, 40_000));
    return new Interval(low, low.add(BigInteger.valueOf(random.nextInt(5))), PRECISION);
  }

  private static BigInteger inside(Interval interval, Random random) {
    int width = interval.high().subtract(interval.low()).intValueExact();
    return interval.low().add(BigInteger.valueOf(random.nextInt(width + 1)));
  }
}
