package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * What is written where, seen from an element of the data: of all updates along an axis those that
 * are for its place. Accesses number the data's axes, and behind them the axis along which there
 * are updates.
 *
 * @param axis of the data on which indices name places
 * @param indices a place for each update
 * @param places the data's shape, but 1 for axes on which an update is for all places alike
 */
record ScatterTargets(
    Value data, int axis, Reading indices, Reading updates, List<Integer> places) {
  private int count() {
    return updates.value().dimension(axis);
  }

  private int updateAxis() {
    return data.rank();
  }

  /** Whether an update is for an element. */
  private Formula isMeant() {
    Formula index = Formula.firstOf(nowhere(), List.of(indices)).to(DataType.INT64);
    return index.fromFront(Formula.integer(data.dimension(axis))).isEqual(Formula.index(axis));
  }

  private long nowhere() {
    return ConstantTensors.greatest(indices.value().dataType());
  }

  /** For every element and update what is meant for it, or something that changes nothing. */
  private Value meant(TensorBuilder tensors, long nothing) {
    Formula update = Formula.of(updates);
    return tensors.map(
        Shapes.join(data.shape(), List.of(count())),
        isMeant().choose(update, Formula.element(data.dataType(), nothing)));
  }

  /** All updates of an element folded. */
  Formula folded(TensorBuilder tensors, Reduction reduction, DataType type, long nothing) {
    Value folded = tensors.reduced(reduction, type, meant(tensors, nothing), List.of(updateAxis()));
    return Formula.of(folded).to(data.dataType());
  }

  /** The product of all updates of an element. */
  Formula product(TensorBuilder tensors) {
    Value factors = meant(tensors, ConstantTensors.whole(data.dataType(), 1));
    return Formula.of(Products.product(tensors, factors, List.of(updateAxis())));
  }

  /** The last update of an element, or else the element itself. */
  Formula last(TensorBuilder tensors) {
    Value last = indices.value().isConstant() ? constantLast(tensors) : computedLast(tensors);
    Value update =
        tensors.gathered(
            data.shape(),
            new Reading(last, Access.broadcast(last.shape(), data.rank())),
            new Reading(updates.value(), Access.identity(data.rank())),
            axis);
    Formula isWritten = Formula.integer(0).isAtMost(Formula.of(last));
    return isWritten.choose(Formula.of(update), Formula.of(data));
  }

  /** For each place the number of the last update, −1 if there is none. */
  private Value computedLast(TensorBuilder tensors) {
    Value candidates =
        tensors.map(
            Shapes.join(places, List.of(count())),
            isMeant().choose(Formula.index(updateAxis()), Formula.integer(-1)));
    return tensors.reduced(Reduction.MAX, DataType.INT64, candidates, List.of(updateAxis()));
  }

  /** The same of constant indices, in one go through them. */
  private Value constantLast(TensorBuilder tensors) {
    long[] last = new long[tensors.room(Shapes.product(places))];
    Arrays.fill(last, -1);
    long[] elements = tensors.elements("the indices", indices.value());
    List<Integer> shape = indices.value().shape();
    int[] x = new int[shape.size()];
    for (int number = 0; number < elements.length; number++) {
      int rest = number;
      for (int at = x.length - 1; at >= 0; at--) {
        x[at] = rest % shape.get(at);
        rest /= shape.get(at);
      }
      int update = x[axis];
      x[axis] = Shapes.place(elements[number], data.dimension(axis));
      last[flat(x)] = update;
    }
    return tensors.constant(DataType.INT64, places, last);
  }

  private int flat(int[] x) {
    int flat = 0;
    for (int at = 0; at < x.length; at++) {
      if (x[at] >= places.get(at)) {
        throw new LoweringFailure.Invalid("indices reach beyond a tensor of " + data.shape());
      }
      flat = flat * places.get(at) + x[at];
    }
    return flat;
  }
}
