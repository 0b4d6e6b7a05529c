package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A tensor of the graph: what it looks like, and where its elements stand in a node's tensor. A
 * transposition changes the look only.
 *
 * @param shape the dimensions, outermost first; a dimension may be 0, and then there is no node
 * @param order the axes of the shape in the order in which they are stored, outermost first
 * @param node the position of the node in the {@link ProgramBuilder}
 */
record Value(DataType dataType, List<Integer> shape, List<Integer> order, int node) {
  /** The node of a value without elements. */
  static final int NOWHERE = -1;

  Value {
    shape = List.copyOf(shape);
    order = List.copyOf(order);
  }

  /** Stored in the order of its axes. */
  static Value rowMajor(DataType dataType, List<Integer> shape, int node) {
    return new Value(dataType, shape, natural(shape.size()), node);
  }

  static Value empty(DataType dataType, List<Integer> shape) {
    return rowMajor(dataType, shape, NOWHERE);
  }

  /** 0, 1, …, rank − 1. */
  static List<Integer> natural(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  int rank() {
    return shape.size();
  }

  int dimension(int axis) {
    return shape.get(axis);
  }

  /** How many elements it has. */
  long count() {
    return Shapes.count(shape);
  }

  boolean isEmpty() {
    return count() == 0;
  }

  boolean isRowMajor() {
    return order.equals(natural(rank()));
  }

  /** The dimensions in the order of storage. */
  List<Integer> stored() {
    return order.stream().map(shape::get).toList();
  }

  /** The same elements, seen with the axes in another order: axis i is this one's permutation(i). */
  Value transposed(List<Integer> permutation) {
    List<Integer> dimensions = permutation.stream().map(shape::get).toList();
    List<Integer> stored = new ArrayList<>();
    for (int axis : order) {
      stored.add(permutation.indexOf(axis));
    }
    return new Value(dataType, dimensions, stored, node);
  }
}
