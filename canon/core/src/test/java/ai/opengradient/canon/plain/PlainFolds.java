package ai.opengradient.canon.plain;

import static ai.opengradient.canon.plain.PlainElement.canonical;
import static ai.opengradient.canon.plain.PlainElement.float32;
import static ai.opengradient.canon.plain.PlainElement.integer;
import static ai.opengradient.canon.plain.PlainElement.isInteger;
import static ai.opengradient.canon.plain.PlainPrimitives.isNaN;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The folds of section 6 over their present terms, in row-major order. An {@link
 * IllegalArgumentException} tells that a fold does not take the dtypes, or that an operand is no
 * element of its dtype.
 */
public final class PlainFolds {
  private PlainFolds() {}

  /**
   * DOT: c + Σ aₖ·bₖ, rounded once or modulo 2^width.
   *
   * @param result float32, int32 or int64
   * @param c the operand c, of the result's dtype; null if there is none
   */
  public static long dot(
      DataType result, DataType aType, long[] a, DataType bType, long[] b, @Nullable Long c) {
    require(a.length == b.length);
    if (result == DataType.FLOAT32) {
      require(aType == DataType.FLOAT32 && bType == DataType.FLOAT32);
      // c is one more product, c·1.
      return c == null
          ? sumOfProducts(a, b, 1)
          : sumOfProducts(with(a, c), with(b, PlainFloat.ONE), 1);
    }
    require(isInteger(aType) && isInteger(bType));
    BigInteger sum = c == null ? BigInteger.ZERO : integer(result, c);
    for (int k = 0; k < a.length; k++) {
      sum = sum.add(integer(aType, a[k]).multiply(integer(bType, b[k])));
    }
    return wrapped(result, sum);
  }

  /**
   * SUM: Σ aₖ, rounded once or modulo 2^width.
   *
   * @param result float32, int32 or int64
   */
  public static long sum(DataType result, DataType type, long[] a) {
    if (result == DataType.FLOAT32) {
      require(type == DataType.FLOAT32);
      return sumOfProducts(a, ones(a.length), 1);
    }
    require(isInteger(type));
    BigInteger sum = BigInteger.ZERO;
    for (long term : a) {
      sum = sum.add(integer(type, term));
    }
    return wrapped(result, sum);
  }

  /** MEAN of float32: Σ aₖ / n, rounded once; NaN for n = 0. */
  public static long mean(long[] a) {
    return a.length == 0 ? PlainFloat.NAN : sumOfProducts(a, ones(a.length), a.length);
  }

  /** MEANSQ of float32: Σ aₖ² / n, rounded once; NaN for n = 0. */
  public static long meanSquare(long[] a) {
    return a.length == 0 ? PlainFloat.NAN : sumOfProducts(a, a, a.length);
  }

  /** MAX: the greatest; NaN if any is NaN; for n = 0 −Inf or the least integer. */
  public static long max(DataType type, long[] a) {
    long least =
        type == DataType.FLOAT32
            ? PlainFloat.NEGATIVE_INFINITY
            : PlainElement.least(type).longValueExact();
    return Arrays.stream(a).reduce(least, (x, y) -> PlainPrimitives.max(type, x, y));
  }

  /** MIN: the smallest; NaN if any is NaN; for n = 0 +Inf or the greatest integer. */
  public static long min(DataType type, long[] a) {
    long greatest =
        type == DataType.FLOAT32
            ? PlainFloat.POSITIVE_INFINITY
            : PlainElement.greatest(type).longValueExact();
    return Arrays.stream(a).reduce(greatest, (x, y) -> PlainPrimitives.min(type, x, y));
  }

  /**
   * ARGMAX: which of the present terms is the first greatest, a NaN above all; 0 for n = 0. The
   * page's result is the position in the fold space of that term: the same where no term is absent.
   */
  public static long argMax(DataType type, long[] a) {
    return firstExtreme(type, a, 1);
  }

  /** ARGMIN: as {@link #argMax} for the first smallest, a NaN below all. */
  public static long argMin(DataType type, long[] a) {
    return firstExtreme(type, a, -1);
  }

  /** AND: whether all are true, 1 or 0. */
  public static long and(long[] a) {
    return Arrays.stream(a).allMatch(term -> canonical(DataType.BOOL, term) == 1) ? 1 : 0;
  }

  /** RN(Σ aₖ·bₖ / divisor), or what section 6 says where not all operands are finite. */
  private static int sumOfProducts(long[] a, long[] b, int divisor) {
    BigInteger finite = BigInteger.ZERO;
    int rest = PlainFloat.ZERO;
    for (int k = 0; k < a.length; k++) {
      int x = float32(a[k]);
      int y = float32(b[k]);
      if (PlainFloat.isFinite(x) && PlainFloat.isFinite(y)) {
        finite = finite.add(PlainFloat.units(x).multiply(PlainFloat.units(y)));
      } else {
        // NaN or an infinity; and ADD of two such is what section 6 wants: NaN if either is NaN or
        // their signs differ, else that infinity. It is never zero again.
        long product = PlainPrimitives.mul(DataType.FLOAT32, x, y);
        rest = (int) PlainPrimitives.add(DataType.FLOAT32, rest, product);
      }
    }
    BigInteger unitsPerOne = PlainFloat.UNITS_PER_ONE.pow(2).multiply(BigInteger.valueOf(divisor));
    return rest == PlainFloat.ZERO ? PlainFloat.round(finite, unitsPerOne) : rest;
  }

  private static long wrapped(DataType result, BigInteger sum) {
    require(result == DataType.INT32 || result == DataType.INT64);
    return PlainElement.wrapped(result, sum);
  }

  /** The first greatest term (direction 1) or smallest one (direction −1). */
  private static int firstExtreme(DataType type, long[] a, int direction) {
    require(type != DataType.BOOL);
    int first = 0;
    for (int k = 1; k < a.length; k++) {
      if (isBeyond(type, a[k], a[first], direction)) {
        first = k;
      }
    }
    return first;
  }

  private static boolean isBeyond(DataType type, long term, long best, int direction) {
    if (isNaN(type, term) || isNaN(type, best)) {
      return !isNaN(type, best);
    }
    return direction * PlainPrimitives.compare(type, term, best) > 0;
  }

  private static long[] ones(int length) {
    return IntStream.range(0, length).mapToLong(k -> PlainFloat.ONE).toArray();
  }

  private static long[] with(long[] elements, long last) {
    long[] longer = Arrays.copyOf(elements, elements.length + 1);
    longer[elements.length] = last;
    return longer;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("section 6 has no such fold");
    }
  }
}
