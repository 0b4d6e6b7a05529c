package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.Formula.integer;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * What a Fourier transform multiplies with: for each frequency and part of the result (real,
 * imaginary), for each element of the signal and part of it, a factor.
 *
 * @param length of the transform
 * @param oneSided whether half of the spectrum says all: of the result, or of what an inverse
 *     transform is given
 * @param given parts of the signal, 1 if it is real
 */
record FourierMatrix(int length, boolean inverse, boolean oneSided, int given) {
  int rows() {
    return oneSided && !inverse ? length / 2 + 1 : length;
  }

  int columns() {
    return oneSided && inverse ? length / 2 + 1 : length;
  }

  /** Of the result: a one-sided spectrum is that of a real signal. */
  int parts() {
    return oneSided && inverse ? 1 : 2;
  }

  /** The matrix, of the shape [rows, parts, columns, given]. */
  Value of(TensorBuilder tensors) {
    // The angle's turns are counted in integers, four for each step round the circle.
    Formula quarters =
        Formula.index(0).times(Formula.index(2)).modulo(integer(length)).times(integer(4));
    Formula cosine = cosine(quarters);
    Formula sine = cosine(quarters.plus(integer(3L * length)).modulo(integer(4L * length)));
    Formula turned = inverse ? sine : sine.negated();
    Formula isSame = Formula.index(1).isEqual(Formula.index(3));
    Formula isReal = Formula.index(1).isEqual(integer(0));
    Formula factor = isSame.choose(cosine, isReal.choose(turned.negated(), turned));
    return tensors.map(
        List.of(rows(), parts(), columns(), given), inverse ? factor.times(share()) : factor);
  }

  /**
   * cos(t·π/2N) for t from 0 to 4N, from an angle up to π/4: so what is zero is zero, and what has
   * the same size cancels out.
   */
  private Formula cosine(Formula t) {
    Formula size = integer(length);
    Formula fromEnd = t.min(integer(4L * length).minus(t));
    Formula isNegative = size.isLess(fromEnd);
    Formula angle = isNegative.choose(integer(2L * length).minus(fromEnd), fromEnd);
    Formula rest = size.minus(angle);
    Formula magnitude = angle.isAtMost(rest).choose(radians(angle).cosine(), radians(rest).sine());
    return isNegative.choose(magnitude.negated(), magnitude);
  }

  private Formula radians(Formula t) {
    return t.to(DataType.FLOAT32).times(Math.PI / 2).over(Formula.number(length));
  }

  /** Of an inverse transform: frequencies that stand for their mirror image count twice. */
  private Formula share() {
    Formula single = Formula.number(1.0 / length);
    if (!oneSided) {
      return single;
    }
    Formula frequency = Formula.index(2);
    Formula isAlone =
        frequency.isEqual(integer(0)).or(frequency.plus(frequency).isEqual(integer(length)));
    return isAlone.choose(single, Formula.number(2.0 / length));
  }
}
