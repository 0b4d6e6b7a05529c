package ai.opengradient.canon.plain;

import static ai.opengradient.canon.plain.PlainElement.canonical;
import static ai.opengradient.canon.plain.PlainElement.float32;
import static ai.opengradient.canon.plain.PlainElement.integer;
import static ai.opengradient.canon.plain.PlainElement.wrapped;
import static ai.opengradient.canon.plain.PlainFloat.NAN;
import static ai.opengradient.canon.plain.PlainFloat.NEGATIVE_INFINITY;
import static ai.opengradient.canon.plain.PlainFloat.POSITIVE_INFINITY;
import static ai.opengradient.canon.plain.PlainFloat.UNITS_PER_ONE;
import static ai.opengradient.canon.plain.PlainFloat.UNIT_BITS;
import static ai.opengradient.canon.plain.PlainFloat.ZERO;
import static ai.opengradient.canon.plain.PlainFloat.infinity;
import static ai.opengradient.canon.plain.PlainFloat.isFinite;
import static ai.opengradient.canon.plain.PlainFloat.isInfinite;
import static ai.opengradient.canon.plain.PlainFloat.units;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigInteger;
import java.util.function.BinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The primitives of section 4 and WITHIN of section 13, each under the name that the page gives it.
 * An {@link IllegalArgumentException} tells that a primitive does not take the dtype, or that an
 * operand is no element of it.
 */
public final class PlainPrimitives {
  private PlainPrimitives() {}

  /** SELECT: a if the condition is true, else b. */
  public static long select(DataType type, boolean condition, long a, long b) {
    return canonical(type, condition ? a : b);
  }

  /** EQ: whether a and b are the same, and not NaN. */
  public static boolean eq(DataType type, long a, long b) {
    return canonical(type, a) == canonical(type, b) && !isNaN(type, a);
  }

  /** NE: not EQ. */
  public static boolean ne(DataType type, long a, long b) {
    return !eq(type, a, b);
  }

  /** LT: a &lt; b; false if either is NaN. */
  public static boolean lt(DataType type, long a, long b) {
    return !isNaN(type, a) && !isNaN(type, b) && compare(type, a, b) < 0;
  }

  /** LE: LT or EQ. */
  public static boolean le(DataType type, long a, long b) {
    return lt(type, a, b) || eq(type, a, b);
  }

  /** ADD. */
  public static long add(DataType type, long a, long b) {
    return numeric(type, a, b, PlainPrimitives::addFloats, BigInteger::add);
  }

  /** SUB. */
  public static long sub(DataType type, long a, long b) {
    return numeric(type, a, b, (x, y) -> addFloats(x, negateFloat(y)), BigInteger::subtract);
  }

  /** MUL. */
  public static long mul(DataType type, long a, long b) {
    return numeric(type, a, b, PlainPrimitives::multiplyFloats, BigInteger::multiply);
  }

  /** DIV: of integers, rounded towards zero; of an integer by zero, 0. */
  public static long div(DataType type, long a, long b) {
    return numeric(
        type,
        a,
        b,
        PlainPrimitives::divideFloats,
        (x, y) -> y.signum() == 0 ? BigInteger.ZERO : x.divide(y));
  }

  /** MOD: a − b·⌊a/b⌋; 0 for b = 0. */
  public static long mod(DataType type, long a, long b) {
    return wrapped(type, floorRemainder(integer(type, a), integer(type, b)));
  }

  /** NEG. */
  public static long neg(DataType type, long a) {
    return numeric(type, a, PlainPrimitives::negateFloat, BigInteger::negate);
  }

  /** ABS. */
  public static long abs(DataType type, long a) {
    return numeric(type, a, x -> x < 0 ? negateFloat(x) : x, BigInteger::abs);
  }

  /** MAX: the greater; NaN if either is NaN. */
  public static long max(DataType type, long a, long b) {
    return numeric(type, a, b, (x, y) -> compareFloats(x, y) > 0 ? x : y, BigInteger::max);
  }

  /** MIN: the smaller; NaN if either is NaN. */
  public static long min(DataType type, long a, long b) {
    return numeric(type, a, b, (x, y) -> compareFloats(x, y) < 0 ? x : y, BigInteger::min);
  }

  /** AND, bit by bit. */
  public static long and(DataType type, long a, long b) {
    return bitwise(type, a, b, BigInteger::and);
  }

  /** OR, bit by bit. */
  public static long or(DataType type, long a, long b) {
    return bitwise(type, a, b, BigInteger::or);
  }

  /** XOR, bit by bit. */
  public static long xor(DataType type, long a, long b) {
    return bitwise(type, a, b, BigInteger::xor);
  }

  /** NOT: every bit inverted; of a bool, the other value. */
  public static long not(DataType type, long a) {
    return type == DataType.BOOL ? 1 - canonical(type, a) : wrapped(type, integer(type, a).not());
  }

  /** SHL: a·2^s; 0 if s &lt; 0 or s ≥ width. */
  public static long shl(DataType type, long a, long s) {
    BigInteger value = integer(type, a);
    return isShift(type, s) ? wrapped(type, value.shiftLeft((int) s)) : 0;
  }

  /** SHR: ⌊a / 2^s⌋; if s &lt; 0 or s ≥ width: −1 for a &lt; 0, else 0. */
  public static long shr(DataType type, long a, long s) {
    BigInteger value = integer(type, a);
    if (isShift(type, s)) {
      return wrapped(type, Quotient.floor(value, BigInteger.TWO.pow((int) s)));
    }
    return value.signum() < 0 ? -1 : 0;
  }

  /** CAST from one dtype to another. */
  public static long cast(DataType from, DataType to, long a) {
    long element = canonical(from, a);
    if (from == to) {
      return element;
    }
    return switch (to) {
      case FLOAT32 -> PlainFloat.round(BigInteger.valueOf(element), BigInteger.ONE);
      // Of a float32, too: zero is the only one whose canonical bits are 0.
      case BOOL -> element == 0 ? 0 : 1;
      case UINT8, INT8, INT32, INT64 ->
          from == DataType.FLOAT32
              ? truncated(to, (int) element)
              : wrapped(to, BigInteger.valueOf(element));
    };
  }

  /** SQRT of float32 bits. */
  public static int sqrt(int bits) {
    return real(bits, PlainPrimitives::squareRoot);
  }

  /** FLOOR of float32 bits. */
  public static int floor(int bits) {
    return real(bits, x -> integral(x, Quotient::floor));
  }

  /** CEIL of float32 bits. */
  public static int ceil(int bits) {
    return real(bits, x -> integral(x, Quotient::ceiling));
  }

  /** RINT of float32 bits: the nearest integer, of two equally near ones the even one. */
  public static int rint(int bits) {
    return real(bits, x -> integral(x, Quotient::nearest));
  }

  /**
   * WITHIN: whether two float32 are the same, or are numbers with |c − y| ≤ atol + rtol·|y| in the
   * reals.
   *
   * @throws IllegalArgumentException if a tolerance is not finite or negative, or the relative one
   *     not below 1
   */
  public static boolean within(int c, int y, int absoluteTolerance, int relativeTolerance) {
    BigInteger absolute = units(absoluteTolerance);
    BigInteger relative = units(relativeTolerance);
    if (absolute.signum() < 0 || relative.signum() < 0 || relative.compareTo(UNITS_PER_ONE) >= 0) {
      throw new IllegalArgumentException("no band: not 0 ≤ atol, 0 ≤ rtol < 1");
    }
    if (PlainFloat.canonical(c) == PlainFloat.canonical(y)) {
      return true;
    }
    if (!isFinite(c) || !isFinite(y)) {
      return false;
    }
    BigInteger distance = units(c).subtract(units(y)).abs().multiply(UNITS_PER_ONE);
    BigInteger allowed = absolute.multiply(UNITS_PER_ONE).add(relative.multiply(units(y).abs()));
    return distance.compareTo(allowed) <= 0;
  }

  private static long numeric(
      DataType type,
      long a,
      long b,
      IntBinaryOperator ofFloats,
      BinaryOperator<BigInteger> ofIntegers) {
    if (type != DataType.FLOAT32) {
      return wrapped(type, ofIntegers.apply(integer(type, a), integer(type, b)));
    }
    return isNaN(type, a) || isNaN(type, b) ? NAN : ofFloats.applyAsInt(float32(a), float32(b));
  }

  private static long numeric(
      DataType type, long a, IntUnaryOperator ofFloats, UnaryOperator<BigInteger> ofIntegers) {
    return type == DataType.FLOAT32
        ? real(float32(a), ofFloats)
        : wrapped(type, ofIntegers.apply(integer(type, a)));
  }

  private static long bitwise(DataType type, long a, long b, BinaryOperator<BigInteger> operator) {
    if (type == DataType.BOOL) {
      BigInteger left = BigInteger.valueOf(canonical(type, a));
      BigInteger right = BigInteger.valueOf(canonical(type, b));
      return operator.apply(left, right).longValueExact();
    }
    return wrapped(type, operator.apply(integer(type, a), integer(type, b)));
  }

  private static int real(int bits, IntUnaryOperator function) {
    return PlainFloat.isNaN(bits) ? NAN : function.applyAsInt(PlainFloat.canonical(bits));
  }

  private static int addFloats(int a, int b) {
    if (isInfinite(a) && isInfinite(b)) {
      return a == b ? a : NAN;
    }
    if (isInfinite(a)) {
      return a;
    }
    return isInfinite(b) ? b : PlainFloat.round(units(a).add(units(b)), UNITS_PER_ONE);
  }

  private static int multiplyFloats(int a, int b) {
    if (isFinite(a) && isFinite(b)) {
      return PlainFloat.round(units(a).multiply(units(b)), UNITS_PER_ONE.pow(2));
    }
    int sign = sign(a) * sign(b);
    return sign == 0 ? NAN : infinity(sign);
  }

  private static int divideFloats(int a, int b) {
    if (isInfinite(b)) {
      return isInfinite(a) ? NAN : ZERO;
    }
    if (isInfinite(a)) {
      return sign(b) < 0 ? negateFloat(a) : a;
    }
    if (b == ZERO) {
      return a == ZERO ? NAN : infinity(sign(a));
    }
    return PlainFloat.round(units(a), units(b));
  }

  private static int negateFloat(int a) {
    return isInfinite(a) ? infinity(-sign(a)) : PlainFloat.round(units(a).negate(), UNITS_PER_ONE);
  }

  /** −1, 0 or 1; the operand is canonical. */
  private static int sign(int a) {
    return Integer.signum(a);
  }

  private static int squareRoot(int a) {
    if (a < 0) {
      return NAN;
    }
    if (a == POSITIVE_INFINITY) {
      return a;
    }
    // With a = u·2^-149, √a = √(u·2^149)·2^-149.
    BigInteger[] root = units(a).shiftLeft(UNIT_BITS).sqrtAndRemainder();
    if (root[1].signum() == 0) {
      return PlainFloat.round(root[0], UNITS_PER_ONE);
    }
    // √a lies strictly between root and root + 1 units. It is at least 2^-75, so the border between
    // two float32 results is a multiple of 2^-99 and not between these two: what holds for their
    // middle holds for √a.
    BigInteger middle = root[0].multiply(BigInteger.TWO).add(BigInteger.ONE);
    return PlainFloat.round(middle, UNITS_PER_ONE.multiply(BigInteger.TWO));
  }

  private static int integral(int a, BinaryOperator<BigInteger> quotient) {
    return isInfinite(a)
        ? a
        : PlainFloat.round(quotient.apply(units(a), UNITS_PER_ONE), BigInteger.ONE);
  }

  private static long truncated(DataType to, int a) {
    BigInteger least = PlainElement.least(to);
    BigInteger greatest = PlainElement.greatest(to);
    BigInteger value =
        switch (a) {
          case NAN -> BigInteger.ZERO;
          case NEGATIVE_INFINITY -> least;
          case POSITIVE_INFINITY -> greatest;
          default -> units(a).divide(UNITS_PER_ONE);
        };
    return value.max(least).min(greatest).longValueExact();
  }

  private static BigInteger floorRemainder(BigInteger a, BigInteger b) {
    if (b.signum() == 0) {
      return BigInteger.ZERO;
    }
    // ⌊a/b⌋ = ⌊−a/−b⌋, with a positive denominator.
    BigInteger quotient =
        b.signum() < 0 ? Quotient.floor(a.negate(), b.negate()) : Quotient.floor(a, b);
    return a.subtract(b.multiply(quotient));
  }

  private static boolean isShift(DataType type, long s) {
    long shift = canonical(type, s);
    return shift >= 0 && shift < PlainElement.width(type);
  }

  static boolean isNaN(DataType type, long element) {
    return type == DataType.FLOAT32 && float32(element) == NAN;
  }

  /** The order of elements that are not NaN. */
  static int compare(DataType type, long a, long b) {
    return type == DataType.FLOAT32
        ? compareFloats(float32(a), float32(b))
        : Long.compare(canonical(type, a), canonical(type, b));
  }

  private static int compareFloats(int a, int b) {
    if (isFinite(a) && isFinite(b)) {
      return units(a).compareTo(units(b));
    }
    return Integer.compare(infinitySign(a), infinitySign(b));
  }

  private static int infinitySign(int a) {
    return isInfinite(a) ? sign(a) : 0;
  }
}
