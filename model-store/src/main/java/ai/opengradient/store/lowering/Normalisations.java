package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Normalisations with the statistics of the tensor itself. */
final class Normalisations {
  private Normalisations() {}

  static void addTo(OperatorTable table) {
    table.addMany("LayerNormalization", Normalisations::layer);
    table.add("RMSNormalization", Normalisations::rootMeanSquare);
    table.add("InstanceNormalization", Normalisations::instance);
    table.add("GroupNormalization", Normalisations::group);
    table.add("MeanVarianceNormalization", Normalisations::meanVariance);
    table.add("LpNormalization", Normalisations::byNorm);
    table.add("LRN", Normalisations::acrossChannels);
  }

  /** A tensor less its mean, with the statistics over some axes, which stay with the extent 1. */
  private record Centred(Value mean, Value difference, Value variance) {
    static Centred of(TensorBuilder tensors, Value x, List<Integer> axes) {
      Value mean = tensors.reducedInPlace(Reduction.MEAN, DataType.FLOAT32, x, axes);
      Value difference = tensors.map(x.shape(), Formula.of(x).minus(Formula.of(mean)));
      Value variance = tensors.reducedInPlace(Reduction.MEANSQ, DataType.FLOAT32, difference, axes);
      return new Centred(mean, difference, variance);
    }

    Formula normalised(Call call) {
      return Formula.of(difference).over(deviation(call, variance));
    }
  }

  /** √(variance + ε). */
  static Formula deviation(Call call, Value variance) {
    return Formula.of(variance)
        .plus(Activations.parameter(call.attributes(), "epsilon", 1e-5))
        .squareRoot();
  }

  private static List<Integer> axesFrom(Call call, Value x) {
    return IntStream.range(call.axis(-1, x.rank()), x.rank()).boxed().toList();
  }

  private static List<Value> layer(Call call) {
    Value x = call.input(0);
    Centred centred = Centred.of(call.tensors(), x, axesFrom(call, x));
    Formula scaled = centred.normalised(call).times(call.formula(1));
    Formula result = call.optional(2).map(bias -> scaled.plus(Formula.of(bias))).orElse(scaled);
    List<Value> results = new ArrayList<>();
    results.add(call.tensors().map(x.shape(), result));
    if (call.wantsOutput(1) || call.wantsOutput(2)) {
      results.add(centred.mean());
      results.add(
          call.tensors().elementwise(Formula.number(1).over(deviation(call, centred.variance()))));
    }
    return results;
  }

  private static Value rootMeanSquare(Call call) {
    Value x = call.input(0);
    Value square =
        call.tensors().reducedInPlace(Reduction.MEANSQ, DataType.FLOAT32, x, axesFrom(call, x));
    Formula root = deviation(call, square);
    return call.tensors().map(x.shape(), Formula.of(x).over(root).times(call.formula(1)));
  }

  private static Value instance(Call call) {
    Value x = call.input(0);
    List<Integer> axes = IntStream.range(2, x.rank()).boxed().toList();
    Formula normalised = Centred.of(call.tensors(), x, axes).normalised(call);
    return call.tensors()
        .map(
            x.shape(),
            normalised
                .times(along(call, x, 1, x.dimension(1)))
                .plus(along(call, x, 2, x.dimension(1))));
  }

  /** An input that has one element for each place on the axis 1. */
  private static Formula along(Call call, Value x, int input, int extent) {
    if (x.rank() < 2 || !call.input(input).shape().equals(List.of(extent))) {
      throw new LoweringFailure.Invalid(
          call.input(input).shape() + " does not fit a tensor of " + x.shape());
    }
    return Formula.of(call.input(input), List.of(Access.along(1)));
  }

  /** Scale and bias are those of groups before version 21, of channels since. */
  private static Value group(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    int groups = Windows.atLeastOne("group", (int) call.attributes().integer("num_groups", 0));
    if (x.rank() < 2 || x.dimension(1) % groups != 0) {
      throw new LoweringFailure.Invalid(groups + " groups don't divide " + x.shape());
    }
    Value grouped = tensors.split(x, 1, groups);
    List<Integer> shape = grouped.shape();
    List<Integer> axes = IntStream.range(2, shape.size()).boxed().toList();
    Formula normalised = Centred.of(tensors, grouped, axes).normalised(call);
    if (call.opset() < 21) {
      Formula scaled = normalised.times(along(call, x, 1, groups)).plus(along(call, x, 2, groups));
      return tensors.reshaped(tensors.map(shape, scaled), x.shape());
    }
    Value whole = tensors.reshaped(tensors.map(shape, normalised), x.shape());
    int channels = x.dimension(1);
    return tensors.map(
        x.shape(),
        Formula.of(whole).times(along(call, x, 1, channels)).plus(along(call, x, 2, channels)));
  }

  private static Value meanVariance(Call call) {
    Value x = call.input(0);
    List<Integer> axes =
        Shapes.axes(call.attributes().integers("axes").orElse(List.of(0L, 2L, 3L)), x.rank());
    Centred centred = Centred.of(call.tensors(), x, axes);
    Formula deviation = Formula.of(centred.variance()).squareRoot().plus(1e-9);
    return call.tensors().map(x.shape(), Formula.of(centred.difference()).over(deviation));
  }

  /** Where the norm is zero, so is the result. */
  private static Value byNorm(Call call) {
    Value x = call.input(0);
    List<Integer> axes = List.of(call.axis(-1, x.rank()));
    Value norm = Norms.norm(call.tensors(), call.attributes().integer("p", 2), x, axes);
    Formula divisor = Formula.of(norm).max(Formula.element(DataType.FLOAT32, 1));
    return call.tensors().map(x.shape(), Formula.of(x).over(divisor));
  }

  /** x / (bias + α/size · Σ x² over neighbouring channels) to the power of β. */
  private static Value acrossChannels(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    int size = Windows.atLeastOne("size", (int) call.attributes().integer("size", 0));
    Shapes.axis(1, x.rank());
    Access channels = Access.affine(-((size - 1) / 2), Access.part(1, 1), Access.part(x.rank(), 1));
    List<Access> window = Access.identity(x.rank(), 1, channels);
    FoldRequest sum =
        FoldRequest.of(
            Reduction.SUM, DataType.FLOAT32, x.shape(), List.of(size), new Reading(x, window));
    Formula squares = Formula.of(tensors.fold(sum.squared()));
    float alpha = call.attributes().number("alpha", 1e-4f);
    Formula base =
        Activations.parameter(call.attributes(), "bias", 1)
            .plus(Formula.number(alpha / size).times(squares));
    Formula power = Powers.ofConstant(base, call.attributes().number("beta", 0.75f));
    return tensors.map(x.shape(), Formula.of(x).over(power));
  }
}
