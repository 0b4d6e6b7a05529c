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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the JDK's own operations, which IEEE 754 and two's complement fix to the bit. */
class PlainPrimitivesTest {
  private static final int CASES = 20_000;
  private static final int NAN = 0x7fc00000;
  private static final int INFINITY = 0x7f800000;

  @Test
  void computesWithFloatsAsTheJdk() {
    long seed = 1;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      int a = RandomElements.float32(random);
      int b = RandomElements.float32(random);
      float x = number(a);
      float y = number(b);
      String operands = "seed %d, %08x, %08x".formatted(seed, a, b);
      assertThat(PlainPrimitives.add(FLOAT32, a, b)).as(operands).isEqualTo(bits(x + y));
      assertThat(PlainPrimitives.sub(FLOAT32, a, b)).as(operands).isEqualTo(bits(x - y));
      assertThat(PlainPrimitives.mul(FLOAT32, a, b)).as(operands).isEqualTo(bits(x * y));
      assertThat(PlainPrimitives.div(FLOAT32, a, b)).as(operands).isEqualTo(bits(x / y));
      assertThat(PlainPrimitives.max(FLOAT32, a, b)).as(operands).isEqualTo(bits(Math.max(x, y)));
      assertThat(PlainPrimitives.min(FLOAT32, a, b)).as(operands).isEqualTo(bits(Math.min(x, y)));
      assertThat(PlainPrimitives.neg(FLOAT32, a)).as(operands).isEqualTo(bits(-x));
      assertThat(PlainPrimitives.abs(FLOAT32, a)).as(operands).isEqualTo(bits(Math.abs(x)));
      // A double's square root, rounded once more, is the float's correctly rounded one.
      assertThat(PlainPrimitives.sqrt(a)).as(operands).isEqualTo(bits((float) Math.sqrt(x)));
      assertThat(PlainPrimitives.floor(a)).as(operands).isEqualTo(bits((float) Math.floor(x)));
      assertThat(PlainPrimitives.ceil(a)).as(operands).isEqualTo(bits((float) Math.ceil(x)));
      assertThat(PlainPrimitives.rint(a)).as(operands).isEqualTo(bits((float) Math.rint(x)));
      assertThat(PlainPrimitives.eq(FLOAT32, a, b)).as(operands).isEqualTo(x == y);
      assertThat(PlainPrimitives.ne(FLOAT32, a, b)).as(operands).isEqualTo(x != y);
      assertThat(PlainPrimitives.lt(FLOAT32, a, b)).as(operands).isEqualTo(x < y);
      assertThat(PlainPrimitives.le(FLOAT32, a, b)).as(operands).isEqualTo(x <= y);
    }
  }

  /** The page's own words where IEEE 754 has a zero of either sign, and one more NaN. */
  @Test
  void keepsOneZeroAndOneNaN() {
    int negativeZero = 0x80000000;
    int one = 0x3f800000;
    assertThat(PlainPrimitives.div(FLOAT32, one, negativeZero)).isEqualTo(INFINITY);
    assertThat(PlainPrimitives.div(FLOAT32, 0xff800000, negativeZero)).isEqualTo(0xff800000);
    assertThat(PlainPrimitives.neg(FLOAT32, 0)).isZero();
    assertThat(PlainPrimitives.sqrt(negativeZero)).isZero();
    assertThat(PlainPrimitives.ceil(0xbf000000)).isZero();
    assertThat(PlainPrimitives.eq(FLOAT32, negativeZero, 0)).isTrue();
    assertThat(PlainPrimitives.select(FLOAT32, true, negativeZero, 0xffffffff)).isZero();
    assertThat(PlainPrimitives.select(FLOAT32, false, negativeZero, 0xffffffff)).isEqualTo(NAN);
    assertThat(PlainPrimitives.cast(FLOAT32, FLOAT32, 0xffffffff)).isEqualTo(NAN);
    assertThat(PlainPrimitives.max(FLOAT32, 0xffffffff, INFINITY)).isEqualTo(NAN);
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT32", "INT64"})
  void computesWithIntegersAsTheJdk(DataType type) {
    long seed = 2;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      long a = RandomElements.element(type, random);
      long b = RandomElements.element(type, random);
      String operands = "seed %d, %d, %d".formatted(seed, a, b);
      assertThat(PlainPrimitives.add(type, a, b)).as(operands).isEqualTo(narrowed(type, a + b));
      assertThat(PlainPrimitives.sub(type, a, b)).as(operands).isEqualTo(narrowed(type, a - b));
      assertThat(PlainPrimitives.mul(type, a, b)).as(operands).isEqualTo(narrowed(type, a * b));
      assertThat(PlainPrimitives.div(type, a, b))
          .as(operands)
          .isEqualTo(b == 0 ? 0 : narrowed(type, a / b));
      assertThat(PlainPrimitives.mod(type, a, b))
          .as(operands)
          .isEqualTo(b == 0 ? 0 : Math.floorMod(a, b));
      assertThat(PlainPrimitives.neg(type, a)).as(operands).isEqualTo(narrowed(type, -a));
      assertThat(PlainPrimitives.abs(type, a))
          .as(operands)
          .isEqualTo(narrowed(type, a < 0 ? -a : a));
      assertThat(PlainPrimitives.max(type, a, b)).as(operands).isEqualTo(Math.max(a, b));
      assertThat(PlainPrimitives.min(type, a, b)).as(operands).isEqualTo(Math.min(a, b));
      assertThat(PlainPrimitives.and(type, a, b)).as(operands).isEqualTo(a & b);
      assertThat(PlainPrimitives.or(type, a, b)).as(operands).isEqualTo(a | b);
      assertThat(PlainPrimitives.xor(type, a, b)).as(operands).isEqualTo(a ^ b);
      assertThat(PlainPrimitives.not(type, a)).as(operands).isEqualTo(narrowed(type, ~a));
      assertThat(PlainPrimitives.eq(type, a, b)).as(operands).isEqualTo(a == b);
      assertThat(PlainPrimitives.ne(type, a, b)).as(operands).isEqualTo(a != b);
      assertThat(PlainPrimitives.lt(type, a, b)).as(operands).isEqualTo(a < b);
      assertThat(PlainPrimitives.le(type, a, b)).as(operands).isEqualTo(a <= b);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT32", "INT64"})
  void shiftsByEveryDistance(DataType type) {
    long seed = 3;
    Random random = new Random(seed);
    int width = 8 * type.width();
    for (int round = 0; round < 1_000; round++) {
      long a = RandomElements.element(type, random);
      for (int s = type == UINT8 ? 0 : -3; s <= 70; s++) {
        boolean inRange = s >= 0 && s < width;
        long sign = a < 0 ? -1 : 0;
        assertThat(PlainPrimitives.shl(type, a, s))
            .as("seed %d, %d << %d", seed, a, s)
            .isEqualTo(inRange ? narrowed(type, a << s) : 0);
        assertThat(PlainPrimitives.shr(type, a, s))
            .as("seed %d, %d >> %d", seed, a, s)
            .isEqualTo(inRange ? a >> s : sign);
      }
    }
  }

  @Test
  void readsIntegersAtTheirBorders() {
    assertThat(PlainPrimitives.div(INT8, -128, -1)).isEqualTo(-128);
    assertThat(PlainPrimitives.mod(INT64, Long.MIN_VALUE, -1)).isZero();
    assertThat(PlainPrimitives.mod(INT32, 7, -3)).isEqualTo(-2);
    assertThat(PlainPrimitives.abs(INT32, Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
    assertThat(PlainPrimitives.neg(UINT8, 1)).isEqualTo(255);
    assertThat(PlainPrimitives.shl(INT64, 1, Long.MIN_VALUE)).isZero();
    assertThat(PlainPrimitives.shr(INT64, -1, Long.MAX_VALUE)).isEqualTo(-1);
  }

  @Test
  void computesWithBooleans() {
    assertThat(PlainPrimitives.and(BOOL, 1, 0)).isZero();
    assertThat(PlainPrimitives.and(BOOL, 2, 1)).isOne();
    assertThat(PlainPrimitives.or(BOOL, 1, 0)).isOne();
    assertThat(PlainPrimitives.xor(BOOL, 1, 1)).isZero();
    assertThat(PlainPrimitives.not(BOOL, 0)).isOne();
    assertThat(PlainPrimitives.not(BOOL, 255)).isZero();
    assertThat(PlainPrimitives.lt(BOOL, 0, 1)).isTrue();
    assertThat(PlainPrimitives.eq(BOOL, 2, 1)).isTrue();
  }

  @Test
  void castsFloatsAsTheJdk() {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      int a = RandomElements.float32(random);
      float x = number(a);
      String operand = "seed %d, %08x".formatted(seed, a);
      assertThat(PlainPrimitives.cast(FLOAT32, INT64, a)).as(operand).isEqualTo((long) x);
      assertThat(PlainPrimitives.cast(FLOAT32, INT32, a)).as(operand).isEqualTo((int) x);
      assertThat(PlainPrimitives.cast(FLOAT32, INT8, a))
          .as(operand)
          .isEqualTo(Math.clamp((long) x, -128, 127));
      assertThat(PlainPrimitives.cast(FLOAT32, UINT8, a))
          .as(operand)
          .isEqualTo(Math.clamp((long) x, 0, 255));
      assertThat(PlainPrimitives.cast(FLOAT32, BOOL, a)).as(operand).isEqualTo(x != 0 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UINT8", "INT8", "INT32", "INT64"})
  void castsIntegersAsTheJdk(DataType from) {
    long seed = 5;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      long a = RandomElements.element(from, random);
      String operand = "seed %d, %d".formatted(seed, a);
      for (DataType to : new DataType[] {UINT8, INT8, INT32, INT64}) {
        assertThat(PlainPrimitives.cast(from, to, a)).as(operand).isEqualTo(narrowed(to, a));
      }
      assertThat(PlainPrimitives.cast(from, FLOAT32, a)).as(operand).isEqualTo(bits((float) a));
      assertThat(PlainPrimitives.cast(from, BOOL, a)).as(operand).isEqualTo(a != 0 ? 1 : 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void castsBooleansToOneAndZero(DataType to) {
    assertThat(PlainPrimitives.cast(BOOL, to, 0)).isZero();
    assertThat(PlainPrimitives.cast(BOOL, to, 9)).isEqualTo(to == FLOAT32 ? 0x3f800000 : 1);
  }

  @Test
  void comparesWithinTheBandExactly() {
    long seed = 6;
    Random random = new Random(seed);
    for (int round = 0; round < CASES; round++) {
      float y = (float) random.nextGaussian();
      float absolute = random.nextInt(4) * 0x1p-20f;
      float relative = random.nextInt(4) * 0x1p-18f;
      float c = y + random.nextInt(-40, 40) * 0x1p-22f;
      BigDecimal distance = new BigDecimal(c).subtract(new BigDecimal(y)).abs();
      BigDecimal allowed =
          new BigDecimal(relative).multiply(new BigDecimal(y).abs()).add(new BigDecimal(absolute));
      assertThat(PlainPrimitives.within(bits(c), bits(y), bits(absolute), bits(relative)))
          .as("seed %d, c %a, y %a, atol %a, rtol %a", seed, c, y, absolute, relative)
          .isEqualTo(distance.compareTo(allowed) <= 0);
    }
  }

  @Test
  void isWithinWhereBothAreTheSameOrFinite() {
    int greatest = 0x7f7fffff;
    int one = 0x3f800000;
    int justBelowOne = 0x3f7fffff;
    assertThat(PlainPrimitives.within(0x7f800001, 0xffc00000, 0, 0)).isTrue();
    assertThat(PlainPrimitives.within(INFINITY, INFINITY, 0, 0)).isTrue();
    assertThat(PlainPrimitives.within(0x80000000, 0, 0, 0)).isTrue();
    assertThat(PlainPrimitives.within(NAN, 0, greatest, justBelowOne)).isFalse();
    assertThat(PlainPrimitives.within(INFINITY, greatest, greatest, justBelowOne)).isFalse();
    assertThat(PlainPrimitives.within(0, INFINITY, greatest, justBelowOne)).isFalse();
    assertThat(PlainPrimitives.within(0, 1, 1, 0)).isTrue();
    assertThat(PlainPrimitives.within(0, 2, 1, 0)).isFalse();
    assertThat(PlainPrimitives.within(greatest, 0xff7fffff, greatest, justBelowOne)).isFalse();
    // |c − y| is 2^-24, and the band 2^-24·(1 − 2^-24) is too narrow by what rounding would lose.
    assertThat(PlainPrimitives.within(one, justBelowOne, 0, 0x33800000)).isFalse();
    assertThat(PlainPrimitives.within(justBelowOne, one, 0, 0x33800000)).isTrue();
  }

  @Test
  void refusesWhatThePageDoesNotDefine() {
    assertThatThrownBy(() -> PlainPrimitives.add(BOOL, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.mod(FLOAT32, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.not(FLOAT32, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.add(UINT8, 256, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.add(FLOAT32, 0xff800000L, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.within(0, 0, 0, 0x3f800000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PlainPrimitives.within(0, 0, 0xbf800000, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The value without the sign of a zero, which the JDK would look at. */
  private static float number(int bits) {
    return Float.intBitsToFloat(bits == 0x80000000 ? 0 : bits);
  }

  private static int bits(float value) {
    return value == 0 ? 0 : Float.floatToIntBits(value);
  }

  private static long narrowed(DataType type, long value) {
    return RandomElements.narrowed(type, value);
  }
}
