package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fold that is wanted, whatever it takes to make it a node or several.
 *
 * @param dataType of the result
 * @param shape of the result
 * @param order in which the result is to be stored
 * @param terms the extents of the fold's axes, which accesses number behind those of the shape
 * @param factors one, or the two of DOT
 * @param addend DOT's, perhaps
 */
record FoldRequest(
    Reduction reduction,
    DataType dataType,
    List<Integer> shape,
    List<Integer> order,
    List<Integer> terms,
    List<Reading> factors,
    Optional<Reading> addend) {
  FoldRequest {
    shape = List.copyOf(shape);
    order = List.copyOf(order);
    terms = List.copyOf(terms);
    factors = List.copyOf(factors);
  }

  /** Of one operand, stored as that one is. */
  static FoldRequest of(
      Reduction reduction,
      DataType dataType,
      List<Integer> shape,
      List<Integer> terms,
      Reading factor) {
    return new FoldRequest(
        reduction,
        dataType,
        shape,
        Reading.order(shape.size(), List.of(factor)),
        terms,
        List.of(factor),
        Optional.empty());
  }

  /** Over whole axes of a value, which are gone after it. */
  static FoldRequest over(Reduction reduction, DataType dataType, Value value, List<Integer> axes) {
    return of(
        reduction,
        dataType,
        Shapes.without(value.shape(), axes),
        axes.stream().map(value::dimension).toList(),
        new Reading(value, reducing(value.rank(), axes)));
  }

  /** Accesses along the axes that stay, and along the fold's for those that go. */
  private static List<Access> reducing(int rank, List<Integer> axes) {
    List<Access> accesses = new ArrayList<>();
    int kept = 0;
    for (int axis = 0; axis < rank; axis++) {
      int folded = axes.indexOf(axis);
      accesses.add(Access.along(folded < 0 ? kept++ : rank - axes.size() + folded));
    }
    return accesses;
  }

  /** The sum of products, stored in the order of its axes. */
  static FoldRequest dot(
      DataType dataType, List<Integer> shape, List<Integer> terms, Reading a, Reading b) {
    return new FoldRequest(
        Reduction.DOT,
        dataType,
        shape,
        Value.natural(shape.size()),
        terms,
        List.of(a, b),
        Optional.empty());
  }

  FoldRequest storedIn(List<Integer> other) {
    return new FoldRequest(reduction, dataType, shape, other, terms, factors, addend);
  }

  FoldRequest plus(Optional<Reading> other) {
    return new FoldRequest(reduction, dataType, shape, order, terms, factors, other);
  }

  /** The sum of the squares of what this one folds: products of the same operand. */
  FoldRequest squared() {
    Reading factor = factors.getFirst();
    return new FoldRequest(
        Reduction.DOT, dataType, shape, order, terms, List.of(factor, factor), addend);
  }

  FoldRequest as(Reduction other, DataType type) {
    return new FoldRequest(other, type, shape, order, terms, factors, addend);
  }

  int rank() {
    return shape.size();
  }

  long termCount() {
    return Shapes.count(terms);
  }
}
