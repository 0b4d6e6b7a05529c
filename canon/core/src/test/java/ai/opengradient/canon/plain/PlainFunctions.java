package ai.opengradient.canon.plain;

import static ai.opengradient.canon.plain.PlainFloat.NAN;
import static ai.opengradient.canon.plain.PlainFloat.NEGATIVE_INFINITY;
import static ai.opengradient.canon.plain.PlainFloat.ONE;
import static ai.opengradient.canon.plain.PlainFloat.POSITIVE_INFINITY;
import static ai.opengradient.canon.plain.PlainFloat.ZERO;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigInteger;
import java.util.function.UnaryOperator;

/**
 * The functions of section 5, from float32 bits to float32 bits, correctly rounded everywhere.
 *
 * <p>A value is enclosed in an interval, with ever more precision, until both ends round to the
 * same float32; as RN never falls, so does the value between them. That comes to an end unless the
 * value is a border of RN: half-way between two float32, or 2^128 − 2^103. A value that <em>is</em>
 * a float32, like e^0, is no border; at all other arguments the value is transcendental, by
 * Lindemann–Weierstrass, and a border is rational. About erf at a rational argument no such theorem
 * is known; but it was computed for every one, with glibc's erf of doubles, and where that came
 * within 32 units of its last place to a border, with 600 bits: none is closer than 2^-33 of the
 * distance between two float32.
 */
public final class PlainFunctions {
  private static final int MINUS_ONE = 0xbf800000;
  private static final int HALF_PI = 0x3fc90fdb;
  private static final int MINUS_HALF_PI = 0xbfc90fdb;

  /**
   * From here on an exponential decides all: e^104 &gt; 2^150, which is beyond the greatest
   * float32, and e^-104 &lt; 2^-150, which is half the least one.
   */
  private static final int EXPONENTIAL_LIMIT = Float.floatToRawIntBits(104);

  /** 1 − erf x &lt; e^(−x²)/(x·√π), which is below 2^-25 from here on: RN(erf x) = 1. */
  private static final int ERROR_FUNCTION_LIMIT = Float.floatToRawIntBits(4);

  /** Every float32 is exact at this precision, and small results have some 40 bits to spare. */
  private static final int FIRST_PRECISION = PlainFloat.UNIT_BITS + 43;

  private PlainFunctions() {}

  /** EXP: eˣ. */
  public static int exp(int x) {
    return value(x, EXPONENTIAL_LIMIT, ZERO, POSITIVE_INFINITY, IntervalFunctions::exponential);
  }

  /** LOG: ln x. */
  public static int log(int x) {
    int argument = PlainFloat.canonical(x);
    if (argument == ZERO) {
      return NEGATIVE_INFINITY;
    }
    return argument < 0
        ? NAN
        : value(x, POSITIVE_INFINITY, NAN, POSITIVE_INFINITY, IntervalFunctions::logarithm);
  }

  /** TANH: (e²ˣ − 1)/(e²ˣ + 1). */
  public static int tanh(int x) {
    return value(
        x,
        EXPONENTIAL_LIMIT,
        MINUS_ONE,
        ONE,
        argument -> {
          Interval power = IntervalFunctions.exponential(argument.timesPowerOfTwo(1));
          return power.subtract(one(argument)).divide(power.add(one(argument)));
        });
  }

  /** ERF: 2/√π times the integral of e^(−t²) from 0 to x. */
  public static int erf(int x) {
    return value(x, ERROR_FUNCTION_LIMIT, MINUS_ONE, ONE, IntervalFunctions::errorFunction);
  }

  /** SIGMOID: 1/(1 + e⁻ˣ). */
  public static int sigmoid(int x) {
    return value(
        x,
        EXPONENTIAL_LIMIT,
        ZERO,
        ONE,
        argument ->
            one(argument)
                .divide(one(argument).add(IntervalFunctions.exponential(argument.negate()))));
  }

  /** SIN of x radians. */
  public static int sin(int x) {
    return value(x, POSITIVE_INFINITY, NAN, NAN, IntervalFunctions::sine);
  }

  /** COS of x radians. */
  public static int cos(int x) {
    return value(x, POSITIVE_INFINITY, NAN, NAN, IntervalFunctions::cosine);
  }

  /** ATAN: arctan x, in radians. */
  public static int atan(int x) {
    return value(x, POSITIVE_INFINITY, MINUS_HALF_PI, HALF_PI, IntervalFunctions::arctangent);
  }

  /** SINH: (eˣ − e⁻ˣ)/2. */
  public static int sinh(int x) {
    return value(
        x,
        EXPONENTIAL_LIMIT,
        NEGATIVE_INFINITY,
        POSITIVE_INFINITY,
        argument -> {
          Interval power = IntervalFunctions.exponential(argument);
          return power.subtract(one(argument).divide(power)).timesPowerOfTwo(-1);
        });
  }

  /**
   * SOFTPLUS: ln(1 + eˣ). From the limit on it is above x by less than e⁻ˣ, which rounds to x; down
   * from minus the limit it is less than eˣ, which rounds to 0.
   */
  public static int softplus(int x) {
    return value(
        x,
        EXPONENTIAL_LIMIT,
        ZERO,
        PlainFloat.canonical(x),
        argument ->
            IntervalFunctions.logarithm(
                one(argument).add(IntervalFunctions.exponential(argument))));
  }

  /**
   * The function's value, if it is {@code above} from a limit on, and {@code below} from −limit.
   */
  private static int value(
      int bits, int limit, int below, int above, UnaryOperator<Interval> function) {
    int x = PlainFloat.canonical(bits);
    if (x == NAN) {
      return NAN;
    }
    if (PlainPrimitives.le(DataType.FLOAT32, limit, x)) {
      return above;
    }
    if (PlainPrimitives.le(DataType.FLOAT32, x, PlainPrimitives.neg(DataType.FLOAT32, limit))) {
      return below;
    }
    return rounded(PlainFloat.units(x), function);
  }

  private static int rounded(BigInteger units, UnaryOperator<Interval> function) {
    for (int precision = FIRST_PRECISION; ; precision *= 2) {
      BigInteger argument = units.shiftLeft(precision - PlainFloat.UNIT_BITS);
      Interval value = function.apply(new Interval(argument, argument, precision));
      BigInteger denominator = BigInteger.TWO.pow(precision);
      int low = PlainFloat.round(value.low(), denominator);
      int high = PlainFloat.round(value.high(), denominator);
      if (low == high) {
        return low;
      }
    }
  }

  private static Interval one(Interval argument) {
    return Interval.of(1, argument.precision());
  }
}
