package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.stream.IntStream;

/** Softmax and its kin. Before version 13 all axes from one on are taken together. */
final class Softmaxes {
  private Softmaxes() {}

  static void addTo(OperatorTable table) {
    table.add("Softmax", call -> softmax(call.tensors(), call.input(0), axes(call)));
    table.add("LogSoftmax", call -> logarithmic(call.tensors(), call.input(0), axes(call)));
    table.add("Hardmax", Softmaxes::hardmax);
  }

  private static List<Integer> axes(Call call) {
    int rank = call.input(0).rank();
    if (call.opset() >= 13) {
      return List.of(call.axis(-1, rank));
    }
    return IntStream.range(call.axis(1, rank), rank).boxed().toList();
  }

  /** eˣ over its sum, with the greatest x taken out. */
  static Value softmax(TensorBuilder tensors, Value x, List<Integer> axes) {
    Formula shifted = shifted(tensors, x, axes);
    Value powers = tensors.map(x.shape(), shifted.exponential());
    Value sum = tensors.reducedInPlace(Reduction.SUM, DataType.FLOAT32, powers, axes);
    return tensors.map(x.shape(), Formula.of(powers).over(Formula.of(sum)));
  }

  private static Formula shifted(TensorBuilder tensors, Value x, List<Integer> axes) {
    Value greatest = tensors.reducedInPlace(Reduction.MAX, DataType.FLOAT32, x, axes);
    return Formula.of(x).minus(Formula.of(greatest));
  }

  static Value logarithmic(TensorBuilder tensors, Value x, List<Integer> axes) {
    Value shifted = tensors.map(x.shape(), shifted(tensors, x, axes));
    Value powers = tensors.map(x.shape(), Formula.of(shifted).exponential());
    Value sum = tensors.reducedInPlace(Reduction.SUM, DataType.FLOAT32, powers, axes);
    return tensors.map(x.shape(), Formula.of(shifted).minus(Formula.of(sum).logarithm()));
  }

  /** One where the first of the greatest stands, else zero. */
  private static Value hardmax(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    List<Integer> axes = axes(call);
    Value position = tensors.reducedInPlace(Reduction.ARGMAX, DataType.INT64, x, axes);
    Formula number = Formula.integer(0);
    for (int axis : axes) {
      number = number.times(Formula.integer(x.dimension(axis))).plus(Formula.index(axis));
    }
    return tensors.map(x.shape(), number.isEqual(Formula.of(position)).to(x.dataType()));
  }
}
