package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * TopK: each element's rank is the number of elements that come before it, the place of rank r is
 * the r-th of the result. Of equal elements the first comes first; a NaN counts as the greatest.
 */
final class TopK {
  private TopK() {}

  static void addTo(OperatorTable table) {
    table.addMany("TopK", TopK::lower);
  }

  /** The number is an input since version 10. */
  private static List<Value> lower(Call call) {
    Value value = call.input(0);
    int axis = call.axis(-1, value.rank());
    long number =
        call.opset() < 10
            ? call.attributes().integer("k", 0)
            : call.integer(1, "the number of elements");
    if (number < 0 || number > value.dimension(axis)) {
      throw new LoweringFailure.Invalid(
          "there are no " + number + " elements along an axis of " + value.dimension(axis));
    }
    boolean greatest = call.attributes().flag("largest", true);
    List<Integer> shape = Shapes.with(value.shape(), axis, (int) number);
    Value places =
        number == 1
            ? call.tensors()
                .reducedInPlace(
                    greatest ? Reduction.ARGMAX : Reduction.ARGMIN,
                    DataType.INT64,
                    value,
                    List.of(axis))
            : places(call.tensors(), value, axis, greatest, shape);
    Value values =
        call.tensors().gathered(shape, Reading.identity(places), Reading.identity(value), axis);
    return List.of(values, places);
  }

  private static Value places(
      TensorBuilder tensors, Value value, int axis, boolean greatest, List<Integer> shape) {
    int other = value.rank();
    Value ranks = ranks(tensors, value, axis, greatest);
    // For each place of the result all elements: the one that has the rank gives its own place.
    Formula isIt =
        Formula.of(ranks, Access.identity(other, axis, Access.along(other)))
            .isEqual(Formula.index(axis));
    Value candidates =
        tensors.map(
            Shapes.join(shape, List.of(value.dimension(axis))),
            isIt.choose(Formula.index(other), Formula.integer(-1)));
    return tensors.reduced(Reduction.MAX, DataType.INT64, candidates, List.of(other));
  }

  private static Value ranks(TensorBuilder tensors, Value value, int axis, boolean greatest) {
    int other = value.rank();
    Formula mine = Formula.of(value, Access.identity(other));
    Formula theirs = Formula.of(value, Access.identity(other, axis, Access.along(other)));
    Formula isBefore = Formula.index(other).isLess(Formula.index(axis));
    Formula precedes =
        isBetter(theirs, mine, greatest).or(isBetter(mine, theirs, greatest).not().and(isBefore));
    Value pairs =
        tensors.map(
            Shapes.join(value.shape(), List.of(value.dimension(axis))),
            precedes.to(DataType.UINT8));
    return tensors.reduced(Reduction.SUM, DataType.INT64, pairs, List.of(other));
  }

  private static Formula isBetter(Formula one, Formula other, boolean greatest) {
    Formula lesser = greatest ? other : one;
    Formula greater = greatest ? one : other;
    Formula isLess = lesser.isLess(greater);
    return one.dataType() == DataType.FLOAT32
        ? isLess.or(greater.isNotEqual(greater).and(lesser.isEqual(lesser)))
        : isLess;
  }
}
