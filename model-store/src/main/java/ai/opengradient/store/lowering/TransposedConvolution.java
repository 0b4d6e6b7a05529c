package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.store.graph.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ConvTranspose, and Col2Im, which adds up windows without any weights. */
final class TransposedConvolution {
  private TransposedConvolution() {}

  static void addTo(OperatorTable table) {
    table.add("ConvTranspose", TransposedConvolution::lower);
    table.add("Col2Im", TransposedConvolution::fromColumns);
  }

  private static Value lower(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    Value weights = call.input(1);
    if (weights.rank() < 3 || weights.dimension(0) != x.dimension(1)) {
      throw new LoweringFailure.Invalid(
          "weights of " + weights.shape() + " don't fit a tensor of " + x.shape());
    }
    long group = call.attributes().integer("group", 1);
    int channels = Shapes.dimension(Math.multiplyExact(weights.dimension(1), group));
    Groups groups = Groups.of(call, x, weights.rank(), channels);
    int spatial = x.rank() - 2;
    List<Integer> dilations = Windows.perAxis(call.attributes(), "dilations", spatial, 1);
    for (int axis = 0; axis < spatial; axis++) {
      int dilation = Windows.atLeastOne("dilation", dilations.get(axis));
      weights = SpreadWindows.spread(tensors, weights, 2 + axis, dilation);
    }
    SpreadWindows windows = windows(call.attributes(), x, weights);
    // Axes of the result: batch, group, channel of the group, grid; then those of the fold.
    int channel = 3 + 2 * spatial;
    Reading data =
        new Reading(
            groups.ofData(tensors, x),
            Shapes.join(
                List.of(Access.along(0), Access.along(1), Access.along(channel)),
                windows.places(3, channel + 1)));
    Reading factors =
        new Reading(
            groups.ofWeights(tensors, weights),
            Shapes.join(
                List.of(Access.along(1), Access.along(channel), Access.along(2)),
                windows.elements(3, channel + 1)));
    Optional<Reading> bias = call.optional(2).map(value -> groups.ofBias(tensors, value));
    Value result =
        tensors.fold(
            groups
                .sums(x.dataType(), x.dimension(0), windows.grid(), windows.turns(), data, factors)
                .storedIn(Convolutions.channelsInnermost(2 * spatial))
                .plus(bias));
    return windows.assembled(tensors, groups.joined(tensors, result));
  }

  /** Source: ONNX, ConvTranspose; weights with their gaps filled. */
  private static SpreadWindows windows(Attributes attributes, Value x, Value weights) {
    int spatial = x.rank() - 2;
    List<Integer> strides = Windows.perAxis(attributes, "strides", spatial, 1);
    List<Integer> more = Windows.perAxis(attributes, "output_padding", spatial, 0);
    List<Integer> pads = Windows.perAxis(attributes, "pads", 2 * spatial, 0);
    Optional<List<Integer>> wanted = attributes.integers("output_shape").map(Shapes::dimensions);
    String padding = attributes.text("auto_pad", "NOTSET");
    boolean isSame = padding.startsWith("SAME");
    List<SpreadWindows.Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < spatial; axis++) {
      int stride = Windows.atLeastOne("stride", strides.get(axis));
      int kernel = weights.dimension(2 + axis);
      long whole = (long) stride * (x.dimension(2 + axis) - 1) + kernel + more.get(axis);
      long before = padding.equals("VALID") ? 0 : pads.get(axis);
      long after = padding.equals("VALID") ? 0 : pads.get(axis + spatial);
      long size = whole - before - after;
      if (wanted.isPresent() || isSame) {
        size =
            wanted.isPresent()
                ? wanted.get().get(axis + wanted.get().size() - spatial)
                : (long) stride * x.dimension(2 + axis);
        long total = whole - size;
        long half = total / 2;
        before = isSame ? (padding.equals("SAME_UPPER") ? half : total - half) : pads.get(axis);
      }
      axes.add(
          new SpreadWindows.Axis(kernel, stride, Math.toIntExact(before), Shapes.dimension(size)));
    }
    return new SpreadWindows(axes);
  }

  /** Blocks of columns, each of which is added where it came from. */
  private static Value fromColumns(Call call) {
    TensorBuilder tensors = call.tensors();
    Value columns = call.input(0);
    List<Integer> image = Shapes.dimensions(call.integers(1, "the shape of the image"));
    List<Integer> block = Shapes.dimensions(call.integers(2, "the shape of a block"));
    int spatial = image.size();
    List<Integer> strides = Windows.perAxis(call.attributes(), "strides", spatial, 1);
    List<Integer> dilations = Windows.perAxis(call.attributes(), "dilations", spatial, 1);
    List<Integer> pads = Windows.perAxis(call.attributes(), "pads", 2 * spatial, 0);
    if (columns.rank() != 3 || block.size() != spatial || block.contains(0)) {
      throw new LoweringFailure.Invalid("blocks of " + block + " don't fit " + columns.shape());
    }
    List<Integer> shape = new ArrayList<>();
    shape.add(columns.dimension(0));
    shape.add(columns.dimension(1) / Shapes.product(block));
    shape.addAll(block);
    for (int axis = 0; axis < spatial; axis++) {
      int kernel = (block.get(axis) - 1) * Windows.atLeastOne("dilation", dilations.get(axis)) + 1;
      int room = image.get(axis) + pads.get(axis) + pads.get(axis + spatial) - kernel;
      shape.add(room / Windows.atLeastOne("stride", strides.get(axis)) + 1);
    }
    if (Shapes.count(shape) != columns.count()) {
      throw new LoweringFailure.Invalid(
          "columns of " + columns.shape() + " don't make an image of " + image);
    }
    Value blocks = tensors.reshaped(columns, shape);
    List<SpreadWindows.Axis> axes = new ArrayList<>();
    for (int axis = 0; axis < spatial; axis++) {
      blocks = SpreadWindows.spread(tensors, blocks, 2 + axis, dilations.get(axis));
      axes.add(
          new SpreadWindows.Axis(
              blocks.dimension(2 + axis), strides.get(axis), pads.get(axis), image.get(axis)));
    }
    SpreadWindows windows = new SpreadWindows(axes);
    int turn = 2 + 2 * spatial;
    Value sums =
        tensors.fold(
            FoldRequest.of(
                Reduction.SUM,
                blocks.dataType(),
                Shapes.join(shape.subList(0, 2), windows.grid()),
                windows.turns(),
                new Reading(
                    blocks,
                    Shapes.join(
                        Access.identity(2), windows.elements(2, turn), windows.places(2, turn)))));
    return windows.assembled(tensors, sums);
  }
}
