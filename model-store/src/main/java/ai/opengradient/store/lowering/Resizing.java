package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resize and Upsample, axis by axis: each place of the result is a sum of weighted neighbours. */
final class Resizing {
  private Resizing() {}

  static void addTo(OperatorTable table) {
    table.add("Resize", Resizing::resize);
    table.add("Upsample", Resizing::upsample);
  }

  /** Scales are an input since version 9. */
  private static Value upsample(Call call) {
    Value x = call.input(0);
    List<Double> scales =
        call.opset() < 9
            ? doubles(call.attributes().numbers("scales").orElse(List.of()))
            : numbers(call, 1, "the scales");
    return byRules(call, x, Value.natural(x.rank()), sized(x, scales), Optional.empty());
  }

  /** Region, scales and sizes are inputs since version 11, before it only scales. */
  private static Value resize(Call call) {
    Value x = call.input(0);
    if (call.opset() < 11) {
      List<Double> scales = numbers(call, 1, "the scales");
      return byRules(call, x, Value.natural(x.rank()), sized(x, scales), Optional.empty());
    }
    List<Integer> axes =
        call.attributes()
            .integers("axes")
            .map(list -> Shapes.axesInOrder(list, x.rank()))
            .orElseGet(() -> Value.natural(x.rank()));
    Optional<List<Double>> region =
        call.optional(1)
            .filter(value -> !value.isEmpty())
            .map(value -> numbers(call, 1, "the region"));
    boolean byScale = call.optional(2).filter(value -> !value.isEmpty()).isPresent();
    List<Size> sizes =
        byScale
            ? sized(x, axes, numbers(call, 2, "the scales"))
            : toSizes(call, x, axes, call.integers(3, "the sizes"));
    return byRules(call, x, axes, sizes, region);
  }

  /** How long an axis becomes, and by which scale its places are found. */
  private record Size(int size, double scale) {}

  private static List<Size> sized(Value x, List<Double> scales) {
    return sized(x, Value.natural(x.rank()), scales);
  }

  private static List<Size> sized(Value x, List<Integer> axes, List<Double> scales) {
    requireCount(axes, scales.size());
    List<Size> sizes = new ArrayList<>();
    for (int at = 0; at < axes.size(); at++) {
      double scale = scales.get(at);
      double size = Math.floor(x.dimension(axes.get(at)) * scale);
      if (!(scale > 0) || !(size < Integer.MAX_VALUE)) {
        throw new LoweringFailure.Invalid("a scale of " + scale + " is none");
      }
      sizes.add(new Size((int) size, scale));
    }
    return sizes;
  }

  private static List<Size> toSizes(Call call, Value x, List<Integer> axes, List<Long> wanted) {
    requireCount(axes, wanted.size());
    List<Size> sizes = new ArrayList<>();
    for (int at = 0; at < axes.size(); at++) {
      int size = Shapes.dimension(wanted.get(at));
      sizes.add(new Size(size, (double) size / x.dimension(axes.get(at))));
    }
    return switch (call.attributes().text("keep_aspect_ratio_policy", "stretch")) {
      case "stretch" -> sizes;
      case "not_larger" -> alike(x, axes, sizes.stream().mapToDouble(Size::scale).min().orElse(1));
      case "not_smaller" -> alike(x, axes, sizes.stream().mapToDouble(Size::scale).max().orElse(1));
      default -> throw new LoweringFailure.Invalid("there is no such policy of the aspect ratio");
    };
  }

  private static List<Size> alike(Value x, List<Integer> axes, double scale) {
    return axes.stream()
        .map(axis -> new Size((int) Math.floor(scale * x.dimension(axis) + 0.5), scale))
        .toList();
  }

  private static void requireCount(List<Integer> axes, int count) {
    if (axes.size() != count) {
      throw new LoweringFailure.Invalid(
          "it takes one number for each of " + axes.size() + " axes, not " + count);
    }
  }

  private static List<Double> numbers(Call call, int input, String what) {
    Value value = call.input(input);
    if (!value.isFloat()) {
      throw new LoweringFailure.Invalid(what + " must be float32");
    }
    List<Double> numbers = new ArrayList<>();
    for (long element : call.tensors().elements(what, value)) {
      numbers.add((double) Float.intBitsToFloat((int) element));
    }
    return numbers;
  }

  private static List<Double> doubles(List<Float> numbers) {
    return numbers.stream().map(Float::doubleValue).toList();
  }

  private static Value byRules(
      Call call, Value x, List<Integer> axes, List<Size> sizes, Optional<List<Double>> region) {
    ResizeRules rules = ResizeRules.of(call.attributes(), call.opset());
    if (region.isPresent() && region.get().size() != 2 * axes.size()) {
      throw new LoweringFailure.Invalid("the region takes two numbers for each axis");
    }
    boolean isNearest = rules.isNearest();
    Value value = isNearest || x.isFloat() ? x : call.tensors().cast(x, DataType.FLOAT32);
    for (int at = 0; at < axes.size(); at++) {
      double start = region.isPresent() ? region.get().get(at) : 0;
      double end = region.isPresent() ? region.get().get(at + axes.size()) : 1;
      Size size = sizes.get(at);
      call.tensors().room(Math.multiplyExact(size.size(), rules.neighbours(size.scale())));
      int axis = axes.get(at);
      ResizeRules.Places places =
          rules.places(value.dimension(axis), size.size(), size.scale(), start, end);
      value = along(call, value, axis, places, rules);
    }
    return call.tensors().cast(value, x.dataType());
  }

  private static Value along(
      Call call, Value value, int axis, ResizeRules.Places places, ResizeRules rules) {
    TensorBuilder tensors = call.tensors();
    List<Integer> shape = Shapes.with(value.shape(), axis, places.size());
    Value result;
    if (rules.isNearest()) {
      result = Picking.picked(tensors, value, axis, places.neighbours().getFirst());
    } else if (places.isIdentity(value.dimension(axis))) {
      result = value;
    } else {
      result = tensors.map(shape, weighted(tensors, value, axis, places));
    }
    if (!places.hasOutside()) {
      return result;
    }
    long[] marks = places.outside().stream().mapToLong(mark -> mark ? 1 : 0).toArray();
    Value outside = tensors.constant(DataType.BOOL, List.of(marks.length), marks);
    Formula extrapolated =
        Formula.number(call.attributes().number("extrapolation_value", 0)).to(value.dataType());
    return tensors.map(
        shape,
        Formula.of(outside, List.of(Access.along(axis))).choose(extrapolated, Formula.of(result)));
  }

  private static Formula weighted(
      TensorBuilder tensors, Value value, int axis, ResizeRules.Places places) {
    Optional<Formula> sum = Optional.empty();
    for (int neighbour = 0; neighbour < places.neighbours().size(); neighbour++) {
      float[] weights = places.weights().get(neighbour);
      Value picked = Picking.picked(tensors, value, axis, places.neighbours().get(neighbour));
      Value factors = tensors.numbers(List.of(weights.length), weights);
      Formula term =
          Formula.of(picked).times(Formula.of(tensors.along(factors, value.rank(), axis)));
      sum = Optional.of(sum.map(before -> before.plus(term)).orElse(term));
    }
    return sum.orElseThrow();
  }
}
