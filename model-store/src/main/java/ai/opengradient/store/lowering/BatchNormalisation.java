package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.graph.GraphNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BatchNormalization: with given statistics a product and a sum, in training with the batch's own.
 */
final class BatchNormalisation {
  /** The tensor, scale, bias, mean, variance. */
  static final int INPUTS = 5;

  private BatchNormalisation() {}

  static void addTo(OperatorTable table) {
    table.addMany("BatchNormalization", BatchNormalisation::lower);
  }

  /** Whether it takes its statistics as they are, so that a convolution may take them in. */
  static boolean isForInference(GraphNode node) {
    return !node.attributes().flag("training_mode", false)
        && node.outputs().stream().skip(1).allMatch(String::isEmpty);
  }

  /** The factor of each channel: scale / √(variance + ε). */
  static Value factor(Call call, Value variance) {
    Formula deviation = Normalisations.deviation(call, variance);
    return call.tensors().elementwise(call.formula(1).over(deviation));
  }

  private static List<Value> lower(Call call) {
    if (!call.attributes().flag("spatial", true)) {
      throw new LoweringFailure.Unsupported(
          "statistics for each element are refused; convert the model to operators of version 9 or"
              + " later");
    }
    if (call.attributes().flag("training_mode", false)) {
      return inTraining(call);
    }
    return List.of(normalised(call, call.input(3), call.input(4)));
  }

  /** x·s + (bias − mean·s) with s = scale / √(variance + ε). */
  private static Value normalised(Call call, Value mean, Value variance) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    Value factor = factor(call, variance);
    Value shift =
        tensors.elementwise(call.formula(2).minus(Formula.of(mean).times(Formula.of(factor))));
    return tensors.map(
        x.shape(), Formula.of(x).times(perChannel(x, factor)).plus(perChannel(x, shift)));
  }

  private static Formula perChannel(Value x, Value value) {
    if (x.rank() < 1 || !value.shape().equals(List.of(x.rank() == 1 ? 1 : x.dimension(1)))) {
      throw new LoweringFailure.Invalid(
          "statistics of " + value.shape() + " don't fit a tensor of " + x.shape());
    }
    return Formula.of(value, List.of(x.rank() == 1 ? Access.at(0) : Access.along(1)));
  }

  private static List<Value> inTraining(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    List<Integer> axes = IntStream.range(0, x.rank()).filter(axis -> axis != 1).boxed().toList();
    Value mean = tensors.reduced(Reduction.MEAN, DataType.FLOAT32, x, axes);
    Value centred = tensors.map(x.shape(), Formula.of(x).minus(perChannel(x, mean)));
    Value variance = tensors.reduced(Reduction.MEANSQ, DataType.FLOAT32, centred, axes);
    return List.of(
        normalised(call, mean, variance),
        moved(call, call.input(3), mean),
        moved(call, call.input(4), variance));
  }

  /** A running statistic and the batch's own, mixed. */
  private static Value moved(Call call, Value running, Value current) {
    float momentum = call.attributes().number("momentum", 0.9f);
    return call.tensors()
        .elementwise(
            Formula.of(running)
                .times(Formula.number(momentum))
                .plus(Formula.of(current).times(Formula.number(1 - momentum))));
  }
}
