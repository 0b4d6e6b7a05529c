package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Indices of which the last axis is a point in a tensor: the places on its first axes behind those
 * of a batch. What lies behind is a slice.
 *
 * @param batch how many axes data and indices have in common
 */
record Points(Value data, Value indices, int batch) {
  Points {
    int depth = indices.shape().getLast();
    if (depth < 1 || batch + depth > data.rank()) {
      throw new LoweringFailure.Invalid(
          "points of " + depth + " places don't fit a tensor of " + data.shape());
    }
  }

  /** How many axes a point has places on. */
  private int depth() {
    return indices.shape().getLast();
  }

  private List<Integer> pointed() {
    return data.shape().subList(batch, batch + depth());
  }

  /** The dimensions of a slice. */
  List<Integer> slice() {
    return data.shape().subList(batch + depth(), data.rank());
  }

  /** The data with one axis for all that points have places on. */
  Value flattened(TensorBuilder tensors) {
    return tensors.reshaped(
        data,
        Shapes.join(data.shape().subList(0, batch), List.of(Shapes.product(pointed())), slice()));
  }

  /** Each point's number on that axis. */
  Value numbers(TensorBuilder tensors) {
    List<Integer> shape = indices.shape().subList(0, indices.rank() - 1);
    Formula number = Formula.integer(0);
    for (int place = 0; place < depth(); place++) {
      List<Access> accesses = new ArrayList<>(Access.identity(shape.size()));
      accesses.add(Access.at(place));
      Formula extent = Formula.integer(pointed().get(place));
      Formula index = Formula.of(indices, accesses).to(DataType.INT64);
      Formula fromFront = index.fromFront(extent);
      number = place == 0 ? fromFront : number.times(extent).plus(fromFront);
    }
    return tensors.map(shape, number);
  }
}
