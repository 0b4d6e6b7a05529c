package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * DeformConv: a convolution whose windows take their elements from places that offsets move,
 * between which is interpolated.
 */
final class DeformableConvolution {
  private final Call call;
  private final TensorBuilder tensors;
  private final Value x;
  private final Value weights;
  private final Windows windows;
  private final int offsetGroups;

  private DeformableConvolution(Call call) {
    this.call = call;
    tensors = call.tensors();
    x = call.input(0);
    weights = call.input(1);
    if (x.rank() < 3 || weights.rank() != x.rank()) {
      throw new LoweringFailure.Invalid(
          "weights of " + weights.shape() + " don't fit a tensor of " + x.shape());
    }
    windows = Windows.of(call.attributes(), x, weights.shape().subList(2, weights.rank()));
    offsetGroups =
        Windows.atLeastOne(
            "offset_group", Shapes.dimension(call.attributes().integer("offset_group", 1)));
    if (x.dimension(1) % offsetGroups != 0) {
      throw new LoweringFailure.Invalid(offsetGroups + " groups don't divide " + x.shape());
    }
  }

  static void addTo(OperatorTable table) {
    table.add("DeformConv", call -> new DeformableConvolution(call).lower());
  }

  private int spatial() {
    return x.rank() - 2;
  }

  /** The batch with the groups of offsets, the window's elements, its places. */
  private List<Integer> points() {
    return Shapes.join(List.of(x.dimension(0) * offsetGroups), windows.kernel(), windows.places());
  }

  private Value lower() {
    int channels = x.dimension(1) / offsetGroups;
    Value data =
        tensors.reshaped(
            x,
            Shapes.join(
                List.of(x.dimension(0) * offsetGroups, channels), x.shape().subList(2, x.rank())));
    List<List<Sampling.Neighbour>> neighbours = new ArrayList<>();
    Sampling sampling = Sampling.of(tensors, data);
    for (int axis = 0; axis < spatial(); axis++) {
      neighbours.add(neighbours(sampling, axis));
    }
    Value sampled = sampling.sampled(neighbours, Formula::plus);
    if (call.optional(4).isPresent()) {
      Value mask = tensors.reshaped(call.input(4), points());
      List<Access> perPoint = Sampling.perPoint(sampled.rank());
      sampled = tensors.map(sampled.shape(), Formula.of(sampled).times(Formula.of(mask, perPoint)));
    }
    return convolved(sampled);
  }

  private List<Sampling.Neighbour> neighbours(Sampling sampling, int axis) {
    // Offsets: batch and group, the window's elements, one for each axis, places.
    Value offsets =
        tensors.reshaped(
            call.input(2),
            Shapes.join(
                List.of(x.dimension(0) * offsetGroups),
                windows.kernel(),
                List.of(spatial()),
                windows.places()));
    Value offset = tensors.place(offsets, 1 + spatial(), axis);
    Windows.Window window = windows.axes().get(axis);
    Formula regular =
        Formula.index(1 + spatial() + axis)
            .times(Formula.integer(window.stride()))
            .plus(Formula.index(1 + axis).times(Formula.integer(window.dilation())))
            .minus(Formula.integer(window.before()));
    Value place = tensors.map(points(), regular.to(DataType.FLOAT32).plus(Formula.of(offset)));
    Formula below = Formula.of(place).floor();
    Formula part = Formula.of(place).minus(below);
    return List.of(
        sampling.neighbourWithin(place, below, Formula.number(1).minus(part), axis),
        sampling.neighbourWithin(place, below.plus(1), part, axis));
  }

  private Value convolved(Value sampled) {
    Groups groups = Groups.of(call, x, weights.rank(), weights.dimension(0));
    Value data =
        tensors.reshaped(
            sampled,
            Shapes.join(
                List.of(x.dimension(0), groups.count(), groups.inputs()),
                windows.kernel(),
                windows.places()));
    // Axes of the result: batch, group, channel of the group, places; then those of the fold.
    int channel = 3 + spatial();
    List<Access> all = Access.identity(channel + 1 + spatial());
    List<Access> kernel = all.subList(channel + 1, all.size());
    Value result =
        tensors.fold(
            groups
                .sums(
                    DataType.FLOAT32,
                    x.dimension(0),
                    windows.places(),
                    windows.kernel(),
                    new Reading(
                        data,
                        Shapes.join(
                            List.of(all.get(0), all.get(1), all.get(channel)),
                            kernel,
                            all.subList(3, channel))),
                    new Reading(
                        groups.ofWeights(tensors, weights),
                        Shapes.join(List.of(all.get(1), all.get(2), all.get(channel)), kernel)))
                .plus(call.optional(3).map(bias -> groups.ofBias(tensors, bias))));
    return groups.joined(tensors, result);
  }
}
