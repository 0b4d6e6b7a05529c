package ai.opengradient.canon.engine.function;

import static ai.opengradient.canon.engine.elements.Lanes.DOUBLES;
import static ai.opengradient.canon.engine.elements.Lanes.FLOATS;
import static ai.opengradient.canon.engine.elements.Lanes.widened;

import ai.opengradient.canon.engine.elements.Lanes;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What is made of eˣ: with x = k·ln 2 + r and the nearest integer k, it is 2ᵏ·(1 + p), where p = eʳ
 * − 1 is a polynomial. {@code docs/engine.md} has the bounds.
 */
final class Exponentials {
  private static final int LANES = Lanes.COUNT;

  /** Below the negative of this, and with it above, float32 are zero and infinity. */
  private static final double FAR = 110;

  /** From here on TANH rounds to 1. */
  private static final double TANH_FAR = 20;

  private static final double LOG2_E = 0x1.71547652b82fep0;

  /** ln 2 in two parts; the products of the first with small integers are exact. */
  private static final double LN2_HIGH = 0x1.62e42fefa38p-1;

  private static final double LN2_LOW = 0x1.ef35793c7673p-45;

  /** Added to a small number, this leaves the nearest integer in the last bits. */
  private static final double TO_INTEGER = 0x1.8p52;

  private static final int FRACTION_BITS = 52;
  private static final long BITS_OF_ONE = Double.doubleToRawLongBits(1);

  private Exponentials() {}

  /** EXP. */
  static void exp(float[] arguments, double[] values, int length) {
    for (int at = 0; at < length; at += LANES) {
      exp(argument(arguments, at).max(-FAR).min(FAR)).intoArray(values, at);
    }
  }

  /** SIGMOID. */
  static void sigmoid(float[] arguments, double[] values, int length) {
    DoubleVector one = DoubleVector.broadcast(DOUBLES, 1);
    for (int at = 0; at < length; at += LANES) {
      DoubleVector exp = exp(argument(arguments, at).neg().max(-FAR).min(FAR));
      one.div(exp.add(1)).intoArray(values, at);
    }
  }

  /** TANH, by e²ˣ − 1. */
  static void tanh(float[] arguments, double[] values, int length) {
    for (int at = 0; at < length; at += LANES) {
      DoubleVector x = argument(arguments, at);
      DoubleVector expm1 = expm1(x.abs().min(TANH_FAR).mul(2));
      withSign(expm1.div(expm1.add(2)), x).intoArray(values, at);
    }
  }

  /** SINH, by eˣ − 1. */
  static void sinh(float[] arguments, double[] values, int length) {
    for (int at = 0; at < length; at += LANES) {
      DoubleVector x = argument(arguments, at);
      DoubleVector expm1 = expm1(x.abs().min(FAR));
      DoubleVector twice = expm1.add(expm1.div(expm1.add(1)));
      withSign(twice.mul(0.5), x).intoArray(values, at);
    }
  }

  static DoubleVector argument(float[] arguments, int at) {
    return widened(FloatVector.fromArray(FLOATS, arguments, at));
  }

  static DoubleVector withSign(DoubleVector magnitude, DoubleVector sign) {
    return magnitude.blend(magnitude.neg(), sign.compare(VectorOperators.LT, 0));
  }

  /** eˣ, of which |x| is at most {@link #FAR}. */
  static DoubleVector exp(DoubleVector x) {
    DoubleVector integer = x.fma(broadcast(LOG2_E), broadcast(TO_INTEGER));
    DoubleVector power = power(integer);
    return polynomial(remainder(x, integer)).fma(power, power);
  }

  /** eˣ − 1 of x that are not negative. */
  private static DoubleVector expm1(DoubleVector x) {
    DoubleVector integer = x.fma(broadcast(LOG2_E), broadcast(TO_INTEGER));
    DoubleVector power = power(integer);
    return polynomial(remainder(x, integer)).fma(power, power.sub(1));
  }

  private static DoubleVector remainder(DoubleVector x, DoubleVector integer) {
    DoubleVector k = integer.sub(TO_INTEGER);
    return k.fma(broadcast(-LN2_LOW), k.fma(broadcast(-LN2_HIGH), x));
  }

  /** 2ᵏ, of the integers k in the last bits. */
  private static DoubleVector power(DoubleVector integer) {
    LongVector shifted = integer.reinterpretAsLongs().lanewise(VectorOperators.LSHL, FRACTION_BITS);
    return shifted.add(BITS_OF_ONE).reinterpretAsDoubles();
  }

  /** eʳ − 1 of |r| up to a little more than ½·ln 2: twelve terms of the series. */
  private static DoubleVector polynomial(DoubleVector r) {
    DoubleVector sum = r.fma(broadcast(1.0 / 479_001_600), broadcast(1.0 / 39_916_800));
    sum = sum.fma(r, broadcast(1.0 / 3_628_800));
    sum = sum.fma(r, broadcast(1.0 / 362_880));
    sum = sum.fma(r, broadcast(1.0 / 40_320));
    sum = sum.fma(r, broadcast(1.0 / 5_040));
    sum = sum.fma(r, broadcast(1.0 / 720));
    sum = sum.fma(r, broadcast(1.0 / 120));
    sum = sum.fma(r, broadcast(1.0 / 24));
    sum = sum.fma(r, broadcast(1.0 / 6));
    sum = sum.fma(r, broadcast(1.0 / 2));
    sum = sum.fma(r, broadcast(1));
    return sum.mul(r);
  }

  private static DoubleVector broadcast(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }
}
