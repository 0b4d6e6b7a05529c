package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A tensor of the graph: what it looks like, and where its elements stand. A transposition changes
 * the look only.
 *
 * @param shape the dimensions, outermost first; a dimension may be 0, and then there is no source
 * @param order the axes of the shape in the order in which they are stored, outermost first
 */
record Value(DataType dataType, List<Integer> shape, List<Integer> order, Source source) {
  Value {
    shape = List.copyOf(shape);
    order = List.copyOf(order);
  }

  /** Stored in the order of its axes. */
  static Value rowMajor(DataType dataType, List<Integer> shape, Source source) {
    return new Value(dataType, shape, natural(shape.size()), source);
  }

  static Value empty(DataType dataType, List<Integer> shape) {
    return rowMajor(dataType, shape, Source.Nothing.NOTHING);
  }

  /** 0, 1, …, rank − 1. */
  static List<Integer> natural(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  int rank() {
    return shape.size();
  }

  int dimension(int axis) {
    if (axis < 0 || axis >= rank()) {
      throw new LoweringFailure.Invalid("there is no axis " + axis + " in a tensor of " + shape);
    }
    return shape.get(axis);
  }

  /** How many elements it has. */
  long count() {
    return Shapes.count(shape);
  }

  boolean isEmpty() {
    return shape.contains(0);
  }

  boolean isConstant() {
    return isEmpty() || source instanceof Source.Constant;
  }

  /** The element that all are, if they are known and alike. */
  OptionalLong uniform() {
    return source instanceof Source.Constant constant && constant.isUniform()
        ? OptionalLong.of(constant.tensor().element(0))
        : OptionalLong.empty();
  }

  /** Whether all elements are known to be zero, which −0 is not. */
  boolean isZero() {
    OptionalLong element = uniform();
    return element.isPresent() && element.getAsLong() == 0;
  }

  boolean isFloat() {
    return dataType == DataType.FLOAT32;
  }

  /** Whether the elements stand in this order of axes, of which those of extent 1 don't count. */
  boolean isStoredIn(List<Integer> axes) {
    return longAxes(order).equals(longAxes(axes));
  }

  private List<Integer> longAxes(List<Integer> axes) {
    return axes.stream().filter(axis -> shape.get(axis) != 1).toList();
  }

  /**
   * The same elements, seen with the axes in another order: axis i is this one's axis
   * permutation(i).
   */
  Value transposed(List<Integer> permutation) {
    List<Integer> dimensions = permutation.stream().map(shape::get).toList();
    List<Integer> stored = new ArrayList<>();
    for (int axis : order) {
      stored.add(permutation.indexOf(axis));
    }
    return new Value(dataType, dimensions, stored, source);
  }

  /** As if it were stored in another order. */
  Value withOrder(List<Integer> stored) {
    return new Value(dataType, shape, stored, source);
  }
}
