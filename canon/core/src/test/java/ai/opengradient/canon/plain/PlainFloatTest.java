package ai.opengradient.canon.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainFloatTest {
  private static final int CASES = 100_000;

  @Test
  void knowsOneZeroAndOneNaN() {
    assertThat(PlainFloat.canonical(0x80000000)).isZero();
    assertThat(PlainFloat.canonical(0x7f800001)).isEqualTo(0x7fc00000);
    assertThat(PlainFloat.canonical(0xffffffff)).isEqualTo(0x7fc00000);
    assertThat(PlainFloat.canonical(0xff800000)).isEqualTo(0xff800000);
    assertThat(PlainFloat.canonical(0x80000001)).isEqualTo(0x80000001);
  }

  @Test
  void carriesTheExactValueInUnits() {
    long seed = 1;
    Random random = new Random(seed);
    BigDecimal unitsPerOne = new BigDecimal(PlainFloat.UNITS_PER_ONE);
    for (int round = 0; round < CASES; round++) {
      int bits = RandomElements.float32(random);
      if (PlainFloat.isFinite(bits)) {
        assertThat(new BigDecimal(PlainFloat.units(bits)))
            .as("seed %d, bits %08x", seed, bits)
            .isEqualByComparingTo(new BigDecimal(Float.intBitsToFloat(bits)).multiply(unitsPerOne));
      }
    }
    assertThatThrownBy(() -> PlainFloat.units(0xff800000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ff800000");
  }

  @Test
  void roundsAFloatToItself() {
    long seed = 2;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      int bits = RandomElements.float32(random);
      if (PlainFloat.isFinite(bits)) {
        assertThat(PlainFloat.round(PlainFloat.units(bits), PlainFloat.UNITS_PER_ONE))
            .as("seed %d, bits %08x", seed, bits)
            .isEqualTo(PlainFloat.canonical(bits));
      }
    }
  }

  /** The JDK's conversion from double rounds to nearest, ties to even. */
  @Test
  void roundsAsTheConversionFromDouble() {
    long seed = 3;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      // Exponents from −160 to 135, and often no more than 26 bits, so that ties come up.
      long significand = (random.nextLong() >> 10) & -(1L << random.nextInt(54));
      double value = Math.scalb((double) significand, random.nextInt(296) - 160 - 53);
      assertThat(round(value))
          .as("seed %d, value %a", seed, value)
          .isEqualTo(canonicalBits((float) value));
    }
  }

  @Test
  void roundsQuotientsAsTheDivision() {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      int numerator = random.nextInt() >> random.nextInt(Integer.SIZE);
      int denominator = 1 + random.nextInt(1 << 24);
      // A quotient of doubles is too close to the exact one to round differently.
      assertThat(PlainFloat.round(BigInteger.valueOf(numerator), BigInteger.valueOf(-denominator)))
          .as("seed %d, %d / %d", seed, numerator, -denominator)
          .isEqualTo(canonicalBits((float) ((double) numerator / -denominator)));
    }
  }

  @Test
  void roundsTiesToTheEvenOne() {
    assertThat(round(1 + 0x1p-24)).isEqualTo(0x3f800000);
    assertThat(round(1 + 0x3p-24)).isEqualTo(0x3f800002);
    assertThat(round(-1 - 0x1.8p-24)).isEqualTo(0xbf800001);
    assertThat(round(0x1.ffffffp0)).isEqualTo(0x40000000);
  }

  @Test
  void underflowsGraduallyAndToPositiveZero() {
    assertThat(round(0x1p-150)).isZero();
    assertThat(round(-0x1p-150)).isZero();
    assertThat(round(-0x1.000001p-150)).isEqualTo(0x80000001);
    assertThat(round(0x3p-150)).isEqualTo(2);
    assertThat(round(0x1.fffffep-127)).isEqualTo(0x00800000);
  }

  @Test
  void overflowsHalfAStepBeyondTheGreatest() {
    BigInteger border = BigInteger.TWO.pow(128).subtract(BigInteger.TWO.pow(103));
    BigInteger below = border.subtract(BigInteger.ONE);
    assertThat(PlainFloat.round(border, BigInteger.ONE)).isEqualTo(0x7f800000);
    assertThat(PlainFloat.round(below, BigInteger.ONE)).isEqualTo(0x7f7fffff);
    assertThat(PlainFloat.round(border.negate(), BigInteger.ONE)).isEqualTo(0xff800000);
    assertThat(PlainFloat.round(BigInteger.TWO.pow(9_999), BigInteger.ONE)).isEqualTo(0x7f800000);
    assertThatThrownBy(() -> PlainFloat.round(BigInteger.ONE, BigInteger.ZERO))
        .isInstanceOf(ArithmeticException.class);
  }

  private static int round(double value) {
    BigDecimal exact = new BigDecimal(value);
    return PlainFloat.round(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  private static int canonicalBits(float value) {
    return value == 0 ? 0 : Float.floatToIntBits(value);
  }
}
