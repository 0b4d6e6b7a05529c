package ai.opengradient.canon.plain;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.INT8;
import static ai.opengradient.canon.tensor.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlainFoldsTest {
  private static final long NAN = 0x7fc00000;
  private static final long INFINITY = 0x7f800000;
  private static final long NEGATIVE_INFINITY = 0xff800000;
  private static final long[] NONE = {};

  @Test
  void roundsOneProductAndOneSummandAsTheFusedMultiplyAdd() {
    long seed = 1;
    Random random = new Random(seed);
    for (int round = 0; round < 100_000; round++) {
      long a = RandomElements.float32(random);
      long b = RandomElements.float32(random);
      long c = RandomElements.float32(random);
      float expected = Math.fma(number(a), number(b), number(c));
      assertThat(PlainFolds.dot(FLOAT32, FLOAT32, new long[] {a}, FLOAT32, new long[] {b}, c))
          .as("seed %d, %08x · %08x + %08x", seed, (int) a, (int) b, (int) c)
          .isEqualTo(bits(expected));
    }
  }

  @Test
  void roundsSumsOnce() {
    long seed = 2;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      long[] a = numbers(1 + random.nextInt(50), random);
      long[] b = numbers(a.length, random);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal products = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (int k = 0; k < a.length; k++) {
        BigDecimal x = new BigDecimal(number(a[k]));
        sum = sum.add(x);
        products = products.add(x.multiply(new BigDecimal(number(b[k]))));
        squares = squares.add(x.multiply(x));
      }
      // 60 digits are too many for a mean of these numbers to round twice.
      BigDecimal count = BigDecimal.valueOf(a.length);
      BigDecimal mean = sum.divide(count, new MathContext(60));
      BigDecimal meanSquare = squares.divide(count, new MathContext(60));

      String terms = "seed %d, round %d".formatted(seed, round);
      assertThat(PlainFolds.sum(FLOAT32, FLOAT32, a)).as(terms).isEqualTo(rounded(sum));
      assertThat(PlainFolds.dot(FLOAT32, FLOAT32, a, FLOAT32, b, null))
          .as(terms)
          .isEqualTo(rounded(products));
      assertThat(PlainFolds.mean(a)).as(terms).isEqualTo(rounded(mean));
      assertThat(PlainFolds.meanSquare(a)).as(terms).isEqualTo(rounded(meanSquare));
    }
  }

  @Test
  void forgetsOverflowAndOrderOfPartialSums() {
    long greatest = 0x7f7fffff;
    long least = 1;
    assertThat(sum(greatest, greatest, least, negative(greatest), negative(greatest)))
        .isEqualTo(least);
    assertThat(sum(greatest, greatest)).isEqualTo(INFINITY);
    assertThat(PlainFolds.mean(new long[] {greatest, greatest})).isEqualTo(greatest);
    assertThat(PlainFolds.meanSquare(new long[] {greatest})).isEqualTo(INFINITY);
    assertThat(sum(least, negative(least))).isZero();
    assertThat(sum(0x80000000, 0x80000000)).isZero();
  }

  @Test
  void knowsTheSumsThatAreNotFinite() {
    long one = 0x3f800000;
    assertThat(sum(one, INFINITY, one)).isEqualTo(INFINITY);
    assertThat(sum(NEGATIVE_INFINITY, NEGATIVE_INFINITY)).isEqualTo(NEGATIVE_INFINITY);
    assertThat(sum(INFINITY, NEGATIVE_INFINITY)).isEqualTo(NAN);
    assertThat(sum(INFINITY, 0xffc00001, NEGATIVE_INFINITY)).isEqualTo(NAN);
    assertThat(dot(new long[] {0, one}, new long[] {INFINITY, one}, one)).isEqualTo(NAN);
    assertThat(dot(new long[] {one}, new long[] {INFINITY}, NEGATIVE_INFINITY)).isEqualTo(NAN);
    assertThat(dot(new long[] {negative(one)}, new long[] {INFINITY}, NEGATIVE_INFINITY))
        .isEqualTo(NEGATIVE_INFINITY);
    assertThat(dot(new long[] {one}, new long[] {one}, NAN)).isEqualTo(NAN);
    assertThat(PlainFolds.mean(new long[] {one, NEGATIVE_INFINITY})).isEqualTo(NEGATIVE_INFINITY);
    assertThat(PlainFolds.meanSquare(new long[] {one, NEGATIVE_INFINITY})).isEqualTo(INFINITY);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT32", "INT64"})
  void addsIntegersModuloTheirRange(DataType result) {
    long seed = 3;
    Random random = new Random(seed);
    DataType[] integers = {UINT8, INT8, INT32, INT64};
    for (int round = 0; round < 5_000; round++) {
      DataType aType = integers[random.nextInt(integers.length)];
      DataType bType = integers[random.nextInt(integers.length)];
      long[] a = new long[random.nextInt(20)];
      long[] b = new long[a.length];
      long c = RandomElements.element(result, random);
      // The JDK's long arithmetic is modulo 2^64 already.
      long sum = 0;
      long products = 0;
      for (int k = 0; k < a.length; k++) {
        a[k] = RandomElements.element(aType, random);
        b[k] = RandomElements.element(bType, random);
        sum += a[k];
        products += a[k] * b[k];
      }
      String terms = "seed %d, round %d".formatted(seed, round);
      assertThat(PlainFolds.sum(result, aType, a))
          .as(terms)
          .isEqualTo(RandomElements.narrowed(result, sum));
      assertThat(PlainFolds.dot(result, aType, a, bType, b, null))
          .as(terms)
          .isEqualTo(RandomElements.narrowed(result, products));
      assertThat(PlainFolds.dot(result, aType, a, bType, b, c))
          .as(terms)
          .isEqualTo(RandomElements.narrowed(result, products + c));
    }
  }

  @Test
  void hasAResultForNoTerms() {
    assertThat(dot(NONE, NONE, null)).isZero();
    assertThat(dot(NONE, NONE, 0x40000000L)).isEqualTo(0x40000000);
    assertThat(PlainFolds.dot(INT32, UINT8, NONE, INT8, NONE, -5L)).isEqualTo(-5);
    assertThat(sum()).isZero();
    assertThat(PlainFolds.mean(NONE)).isEqualTo(NAN);
    assertThat(PlainFolds.meanSquare(NONE)).isEqualTo(NAN);
    assertThat(PlainFolds.max(FLOAT32, NONE)).isEqualTo(NEGATIVE_INFINITY);
    assertThat(PlainFolds.max(INT64, NONE)).isEqualTo(Long.MIN_VALUE);
    assertThat(PlainFolds.max(UINT8, NONE)).isZero();
    assertThat(PlainFolds.min(FLOAT32, NONE)).isEqualTo(INFINITY);
    assertThat(PlainFolds.min(INT8, NONE)).isEqualTo(127);
    assertThat(PlainFolds.argMax(FLOAT32, NONE)).isZero();
    assertThat(PlainFolds.argMin(INT32, NONE)).isZero();
    assertThat(PlainFolds.and(NONE)).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT32", "INT64"})
  void findsTheExtremesOfIntegers(DataType type) {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      long[] a = new long[1 + random.nextInt(20)];
      Arrays.setAll(a, k -> RandomElements.element(type, random));
      long greatest = Arrays.stream(a).max().getAsLong();
      long smallest = Arrays.stream(a).min().getAsLong();
      String terms = "seed %d, %s".formatted(seed, Arrays.toString(a));
      assertThat(PlainFolds.max(type, a)).as(terms).isEqualTo(greatest);
      assertThat(PlainFolds.min(type, a)).as(terms).isEqualTo(smallest);
      assertThat(PlainFolds.argMax(type, a)).as(terms).isEqualTo(firstIndex(a, greatest));
      assertThat(PlainFolds.argMin(type, a)).as(terms).isEqualTo(firstIndex(a, smallest));
    }
  }

  @Test
  void findsTheExtremesOfFloats() {
    long one = 0x3f800000;
    long[] numbers = {0x80000000, one, 0, one, INFINITY, NEGATIVE_INFINITY, INFINITY};
    assertThat(PlainFolds.max(FLOAT32, numbers)).isEqualTo(INFINITY);
    assertThat(PlainFolds.argMax(FLOAT32, numbers)).isEqualTo(4);
    assertThat(PlainFolds.min(FLOAT32, numbers)).isEqualTo(NEGATIVE_INFINITY);
    assertThat(PlainFolds.argMin(FLOAT32, numbers)).isEqualTo(5);

    long[] zeros = {0, 0x80000000};
    assertThat(PlainFolds.argMin(FLOAT32, zeros)).isZero();
    assertThat(PlainFolds.max(FLOAT32, new long[] {0x80000000})).isZero();

    long[] withNaN = {INFINITY, 0xff800001, NEGATIVE_INFINITY, NAN};
    assertThat(PlainFolds.max(FLOAT32, withNaN)).isEqualTo(NAN);
    assertThat(PlainFolds.min(FLOAT32, withNaN)).isEqualTo(NAN);
    assertThat(PlainFolds.argMax(FLOAT32, withNaN)).isOne();
    assertThat(PlainFolds.argMin(FLOAT32, withNaN)).isOne();
  }

  @Test
  void joinsBooleans() {
    assertThat(PlainFolds.and(new long[] {1, 1, 200})).isOne();
    assertThat(PlainFolds.and(new long[] {1, 0, 1})).isZero();
  }

  @Test
  void refusesWhatThePageDoesNotDefine() {
    assertThatThrownBy(() -> PlainFolds.sum(INT8, INT8, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.sum(FLOAT32, INT32, NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.dot(FLOAT32, FLOAT32, NONE, INT8, NONE, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.dot(INT32, FLOAT32, NONE, INT8, NONE, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.dot(INT32, INT8, new long[1], INT8, NONE, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.max(BOOL, new long[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainFolds.argMax(BOOL, new long[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long sum(long... terms) {
    return PlainFolds.sum(FLOAT32, FLOAT32, terms);
  }

  private static long dot(long[] a, long[] b, @Nullable Long c) {
    return PlainFolds.dot(FLOAT32, FLOAT32, a, FLOAT32, b, c);
  }

  /** Float32 numbers from 2^-10 to 2^10 in either direction. */
  private static long[] numbers(int count, Random random) {
    long[] numbers = new long[count];
    Arrays.setAll(
        numbers, k -> bits(Math.scalb((float) random.nextGaussian(), random.nextInt(-10, 10))));
    return numbers;
  }

  private static int firstIndex(long[] elements, long element) {
    int index = 0;
    while (elements[index] != element) {
      index++;
    }
    return index;
  }

  private static long negative(long element) {
    return (int) (element ^ 0x80000000);
  }

  private static float number(long element) {
    return Float.intBitsToFloat((int) element);
  }

  private static long rounded(BigDecimal value) {
    return bits(value.floatValue());
  }

  private static int bits(float value) {
    return value == 0 ? 0 : Float.floatToIntBits(value);
  }
}
