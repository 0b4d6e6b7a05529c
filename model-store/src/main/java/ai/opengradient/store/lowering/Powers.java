package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.List;
import java.util.OptionalLong;

/**
 * Pow: by products, quotients and roots where the exponent is a simple constant, else by EXP and
 * LOG.
 */
final class Powers {
  /** Exponents of integers have so many bits: a greater one leaves nothing of an even base. */
  private static final int EXPONENT_BITS = 6;

  private Powers() {}

  static void addTo(OperatorTable table) {
    table.add("Pow", Powers::power);
  }

  private static Value power(Call call) {
    Value base = call.input(0);
    Value exponent = call.input(1);
    List<Integer> shape = Shapes.broadcast(base.shape(), exponent.shape());
    return call.tensors().map(shape, power(Formula.of(base), exponent));
  }

  private static Formula power(Formula base, Value exponent) {
    if (base.dataType() == DataType.FLOAT32) {
      OptionalLong element = exponent.uniform();
      return element.isPresent()
          ? ofConstant(base, number(exponent.dataType(), element.getAsLong()))
          : general(base, Formula.of(exponent).to(DataType.FLOAT32));
    }
    if (exponent.isFloat()) {
      return general(base.to(DataType.FLOAT32), Formula.of(exponent)).to(base.dataType());
    }
    return ofIntegers(base, Formula.of(exponent));
  }

  private static float number(DataType type, long element) {
    return type == DataType.FLOAT32 ? Float.intBitsToFloat((int) element) : element;
  }

  /** x to the power of a constant. */
  static Formula ofConstant(Formula x, float exponent) {
    Formula one = Formula.number(1);
    if (exponent == 0) {
      return one;
    } else if (exponent == 1) {
      return x;
    } else if (exponent == 2) {
      return x.square();
    } else if (exponent == 3) {
      return x.square().times(x);
    } else if (exponent == -1) {
      return one.over(x);
    } else if (exponent == -2) {
      return one.over(x.square());
    } else if (exponent == 0.5f) {
      return x.squareRoot();
    } else if (exponent == -0.5f) {
      return one.over(x.squareRoot());
    }
    return Float.isFinite(exponent)
        ? byLogarithm(x, exponent)
        : general(x, Formula.number(exponent));
  }

  /** By the magnitude alone, or without its sign for an integer: nothing has to be compared. */
  private static Formula byLogarithm(Formula x, float exponent) {
    if (exponent != Math.rint(exponent)) {
      return x.logarithm().times(exponent).exponential();
    }
    Formula logarithm = x.absolute().logarithm();
    if (exponent % 2 == 0) {
      return logarithm.times(exponent).exponential();
    } else if (exponent > 0) {
      return x.times(logarithm.times(exponent - 1.0).exponential());
    }
    return logarithm.times(exponent + 1.0).exponential().over(x);
  }

  /** x to the power of y of any floats, with IEEE 754's special cases. */
  private static Formula general(Formula x, Formula y) {
    Formula zero = Formula.number(0);
    Formula one = Formula.number(1);
    Formula magnitude =
        x.absolute().isEqual(one).choose(one, y.times(x.absolute().logarithm()).exponential());
    Formula half = y.times(0.5);
    Formula isEven = half.rounded().isEqual(half);
    Formula isInteger = y.rounded().isEqual(y);
    Formula ofNegative =
        isInteger.choose(
            isEven.choose(magnitude, magnitude.negated()),
            Formula.element(DataType.FLOAT32, Float32.NAN));
    Formula power = x.isLess(zero).choose(ofNegative, magnitude);
    return y.isEqual(zero).or(x.isEqual(one)).choose(one, power);
  }

  /** The product of the squares that the exponent's bits name. */
  private static Formula ofIntegers(Formula base, Formula exponent) {
    Formula power = Formula.whole(base.dataType(), 1);
    Formula square = base;
    for (int bit = 0; bit < EXPONENT_BITS; bit++) {
      Formula isSet =
          exponent
              .and(Formula.whole(exponent.dataType(), 1L << bit))
              .isNotEqual(Formula.whole(exponent.dataType(), 0));
      power = isSet.choose(power.times(square), power);
      square = square.square();
    }
    return power;
  }
}
