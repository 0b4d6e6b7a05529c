package ai.opengradient.canon.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainFunctionsTest {
  private static final int CASES = 10_000;
  private static final int SIGN = 0x80000000;
  private static final int INFINITY = 0x7f800000;
  private static final int NAN = 0x7fc00000;

  enum Function {
    EXP,
    LOG,
    TANH,
    ERF,
    SIGMOID,
    SIN,
    COS,
    ATAN,
    SINH,
    SOFTPLUS;

    int of(int bits) {
      return switch (this) {
        case EXP -> PlainFunctions.exp(bits);
        case LOG -> PlainFunctions.log(bits);
        case TANH -> PlainFunctions.tanh(bits);
        case ERF -> PlainFunctions.erf(bits);
        case SIGMOID -> PlainFunctions.sigmoid(bits);
        case SIN -> PlainFunctions.sin(bits);
        case COS -> PlainFunctions.cos(bits);
        case ATAN -> PlainFunctions.atan(bits);
        case SINH -> PlainFunctions.sinh(bits);
        case SOFTPLUS -> PlainFunctions.softplus(bits);
      };
    }

    /** Another way to the value, right to 45 bits. */
    double approximately(double x) {
      return switch (this) {
        case EXP -> StrictMath.exp(x);
        case LOG -> StrictMath.log(x);
        case TANH -> StrictMath.tanh(x);
        case ERF -> errorFunction(x);
        case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
        case SIN -> StrictMath.sin(x);
        case COS -> StrictMath.cos(x);
        case ATAN -> StrictMath.atan(x);
        case SINH -> StrictMath.sinh(x);
        case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      };
    }
  }

  /** Computed with mpmath to 600 bits. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 3f800000, 402df854",
    "EXP, bf800000, 3ebc5ab2",
    "EXP, c0700000, 3cc0a84a",
    "EXP, 41200000, 46ac14ee",
    "EXP, c1a00000, 310da433",
    "LOG, 3f000000, bf317218",
    "LOG, 41200000, 40135d8e",
    "LOG, 3a83126f, c0dd0c55",
    "LOG, 3f800001, 33ffffff",
    "LOG, 00000001, c2ce8ed0",
    "LOG, 7f7fffff, 42b17218",
    "TANH, 3f800000, 3f42f7d6",
    "TANH, c0700000, bf7fb78c",
    "TANH, 3a83126f, 3a83126c",
    "ERF, 3f800000, 3f57bb3d",
    "ERF, c0700000, bf7ffffe",
    "ERF, 3a83126f, 3a93e61c",
    "SIGMOID, bf800000, 3e89b2b1",
    "SIGMOID, 3f000000, 3f1f597f",
    "SIGMOID, c1a00000, 310da433",
    "SIN, 3f800000, 3f576aa4",
    "SIN, c0700000, 3f1251d8",
    "SIN, 42c80000, bf01a12e",
    "SIN, 40490fdb, b3bbbd2e",
    "SIN, 5f000000, 3f7ffb70",
    "SIN, 7f7fffff, bf0599b3",
    "COS, 3f800000, 3f0a5140",
    "COS, c1a00000, 3ed0f022",
    "COS, 3fc90fdb, b33bbd2e",
    "COS, 5f000000, 3c41551c",
    "COS, 7f7fffff, 3f5a5f96",
    "ATAN, 3f800000, 3f490fdb",
    "ATAN, c0700000, bfa7b46f",
    "ATAN, 42c80000, 3fc7c82f",
    "SINH, 3f800000, 3f966cfe",
    "SINH, c1a00000, cd675844",
    "SINH, 3a83126f, 3a831270",
    "SOFTPLUS, bf800000, 3ea063d6",
    "SOFTPLUS, 00000000, 3f317218",
    "SOFTPLUS, 41200000, 41200030",
    "SOFTPLUS, c1a00000, 310da433"
  })
  void givesKnownValues(Function function, String argument, String value) {
    assertValue(function, argument, value);
  }

  /**
   * Arguments whose values lie closest to the middle of two float32: 2^-28 to 2^-52 of their
   * distance away. Found by a search over all arguments with doubles, computed with mpmath to 600
   * bits.
   */
  @ParameterizedTest
  @CsvSource({
    "EXP, c16912cd, 34fd331b",
    "LOG, 65d890d3, 4254d1f9",
    "LOG, 4c5d65a5, 418f034b",
    "ERF, 3940ead6, 3959af14",
    "ERF, 39c0057d, 39d8ac49",
    "SIGMOID, b3800000, 3f000000",
    "SIGMOID, 34000000, 3f000000",
    "SIGMOID, b4400000, 3effffff",
    "SIGMOID, 34c00000, 3f000001",
    "SIN, 73243f06, 3e943a84",
    "SIN, 46199998, beb1fa5d",
    "COS, 6115cb11, 3f78142f",
    "COS, 59443c0a, 3f425f62",
    "ATAN, 3d8d6b23, 3d8d31c3",
    "SINH, 3a1285ff, 3a1285ff",
    "SOFTPLUS, 39ea41d0, 3f3180bd",
    "SOFTPLUS, 40a3f888, 40a42924"
  })
  void decidesTheHardestCases(Function function, String argument, String value) {
    assertValue(function, argument, value);
  }

  /** The last argument before a function's value rounds to its limit, and the next one. */
  @ParameterizedTest
  @CsvSource({
    "EXP, 42b17217, 7f7fff84",
    "EXP, 42b17218, 7f800000",
    "EXP, c2cff1b4, 00000001",
    "EXP, c2cff1b5, 00000000",
    "SINH, 42b2d4fc, 7f7fffec",
    "SINH, 42b2d4fd, 7f800000",
    "TANH, 41102cb3, 3f7fffff",
    "TANH, 41102cb4, 3f800000",
    "ERF, 407ad444, 3f7fffff",
    "ERF, 407ad445, 3f800000",
    "SIGMOID, 418aa122, 3f7fffff",
    "SIGMOID, 418aa123, 3f800000",
    "SIGMOID, c2cff1b4, 00000001",
    "SIGMOID, c2cff1b5, 00000000",
    "SOFTPLUS, c2cff1b4, 00000001",
    "SOFTPLUS, c2cff1b5, 00000000"
  })
  void reachesItsLimitsWhereItShould(Function function, String argument, String value) {
    assertValue(function, argument, value);
  }

  /** The table of section 5. */
  @ParameterizedTest
  @CsvSource({
    "EXP,      00000000, 7f800000, 3f800000",
    "LOG,      7fc00000, 7f800000, ff800000",
    "TANH,     bf800000, 3f800000, 00000000",
    "ERF,      bf800000, 3f800000, 00000000",
    "SIGMOID,  00000000, 3f800000, 3f000000",
    "SIN,      7fc00000, 7fc00000, 00000000",
    "COS,      7fc00000, 7fc00000, 3f800000",
    "ATAN,     bfc90fdb, 3fc90fdb, 00000000",
    "SINH,     ff800000, 7f800000, 00000000",
    "SOFTPLUS, 00000000, 7f800000, 3f317218"
  })
  void hasItsValuesAtTheInfinitiesAndAtZero(
      Function function, String atMinusInfinity, String atInfinity, String atZero) {
    assertThat(function.of(0xff800000)).isEqualTo(bits(atMinusInfinity));
    assertThat(function.of(INFINITY)).isEqualTo(bits(atInfinity));
    assertThat(function.of(0)).isEqualTo(bits(atZero));
    assertThat(function.of(SIGN)).isEqualTo(bits(atZero));
    assertThat(function.of(0x7f800001)).isEqualTo(NAN);
    assertThat(function.of(0xffc12345)).isEqualTo(NAN);
  }

  @Test
  void hasTheLogarithmOfPositiveNumbersOnly() {
    assertThat(PlainFunctions.log(0x3f800000)).isZero();
    assertThat(PlainFunctions.log(0x80000001)).isEqualTo(NAN);
    assertThat(PlainFunctions.log(0xff7fffff)).isEqualTo(NAN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00000001, 0x80000001, 0x007fffff, 0x80800000})
  void isTheFirstTermOfItsSeriesNearZero(int tiny) {
    assertThat(PlainFunctions.exp(tiny)).isEqualTo(0x3f800000);
    assertThat(PlainFunctions.tanh(tiny)).isEqualTo(tiny);
    assertThat(PlainFunctions.erf(tiny))
        .isEqualTo(
            Float.floatToIntBits((float) (2 / Math.sqrt(Math.PI) * Float.intBitsToFloat(tiny))));
    assertThat(PlainFunctions.sigmoid(tiny)).isEqualTo(0x3f000000);
    assertThat(PlainFunctions.sin(tiny)).isEqualTo(tiny);
    assertThat(PlainFunctions.cos(tiny)).isEqualTo(0x3f800000);
    assertThat(PlainFunctions.atan(tiny)).isEqualTo(tiny);
    assertThat(PlainFunctions.sinh(tiny)).isEqualTo(tiny);
    assertThat(PlainFunctions.softplus(tiny)).isEqualTo(0x3f317218);
  }

  /**
   * The double next to a value, moved by more than its error to either side, encloses the value.
   */
  @ParameterizedTest
  @EnumSource
  void liesWhereADoubleSaysItDoes(Function function) {
    long seed = 1;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      int argument = RandomElements.float32(random);
      double value = function.approximately(Float.intBitsToFloat(argument));
      double error = Double.isInfinite(value) ? 0 : Math.abs(value) * 0x1p-45;
      float result = Float.intBitsToFloat(function.of(argument));
      if (Double.isNaN(value)) {
        assertThat(result).as("seed %d, argument %08x", seed, argument).isNaN();
      } else {
        assertThat(result)
            .as("seed %d, argument %08x", seed, argument)
            .isBetween((float) (value - error), (float) (value + error));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TANH", "ERF", "SIN", "COS", "ATAN", "SINH"})
  void isOddOrEven(Function function) {
    long seed = 2;
    Random random = new Random(seed);
    int sign = function == Function.COS ? 0 : SIGN;
    for (int round = 0; round < CASES / 2; round++) {
      int argument = random.nextInt(1, INFINITY);
      assertThat(function.of(argument ^ SIGN))
          .as("seed %d, argument %08x", seed, argument)
          .isEqualTo(function.of(argument) ^ sign);
    }
  }

  /** Over each border between formulas, limits and kinds of numbers. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SIN", "COS"})
  void neverFalls(Function function) {
    float[] borders = {
      Float.MIN_NORMAL,
      0x1p-24f,
      0x1p-12f,
      0.75f,
      1,
      1.5f,
      3.83f,
      4,
      9.01f,
      17.3f,
      88.72284f,
      89.416f,
      103.972f,
      104,
      1e10f
    };
    for (float border : borders) {
      assertNeverFalls(function, border);
      if (function != Function.LOG) {
        assertNeverFalls(function, -border);
      }
    }
  }

  private static void assertNeverFalls(Function function, float border) {
    float argument = border;
    for (int step = 0; step < 50; step++) {
      argument = Math.nextDown(argument);
    }
    float before = Float.NEGATIVE_INFINITY;
    for (int step = 0; step < 100; step++) {
      int bits = function.of(Float.floatToIntBits(argument));
      assertThat(Float.intBitsToFloat(bits)).as("at %s", argument).isGreaterThanOrEqualTo(before);
      before = Float.intBitsToFloat(bits);
      argument = Math.nextUp(argument);
    }
  }

  private static void assertValue(Function function, String argument, String value) {
    assertThat(function.of(bits(argument))).isEqualTo(bits(value));
  }

  private static int bits(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  /** 2/√π · e^(−x²) · Σ 2ᵏ·x²ᵏ⁺¹/(1·3·5 … (2k + 1)), whose terms all have one sign. */
  private static double errorFunction(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int k = 1; k < 200; k++) {
      term *= 2 * x * x / (2 * k + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }
}
