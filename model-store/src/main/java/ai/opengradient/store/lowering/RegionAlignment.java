package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** RoiAlign: regions of a feature map, each pooled into a few bins of interpolated points. */
final class RegionAlignment {
  private final Call call;
  private final TensorBuilder tensors;
  private final Value x;
  private final Value regions;
  private final List<Integer> bins;
  private final int points;

  private RegionAlignment(Call call) {
    this.call = call;
    tensors = call.tensors();
    x = call.input(0);
    regions = call.input(1);
    bins =
        List.of(
            Shapes.dimension(call.attributes().integer("output_height", 1)),
            Shapes.dimension(call.attributes().integer("output_width", 1)));
    points = Shapes.dimension(call.attributes().integer("sampling_ratio", 0));
    if (x.rank() != 4 || regions.rank() != 2 || regions.dimension(1) != 4) {
      throw new LoweringFailure.Invalid(
          "regions of " + regions.shape() + " don't fit a tensor of " + x.shape());
    }
    if (points == 0) {
      throw new LoweringFailure.Unsupported(
          "how many points there are depends on the data; set sampling_ratio in the model");
    }
  }

  static void addTo(OperatorTable table) {
    table.add("RoiAlign", call -> new RegionAlignment(call).lower());
  }

  private Value lower() {
    List<Integer> extents = x.shape().subList(2, 4);
    long area = Shapes.count(extents);
    Value data =
        tensors.reshaped(
            x.transposed(List.of(1, 0, 2, 3)),
            List.of(1, x.dimension(1), Shapes.dimension(x.dimension(0) * area)));
    Value starts =
        tensors.elementwise(call.formula(2).to(DataType.INT64).times(Formula.integer(area)));
    Sampling sampling = new Sampling(tensors, data, extents, Optional.of(starts));
    boolean isMean = call.attributes().text("mode", "avg").equals("avg");
    List<List<Sampling.Neighbour>> neighbours =
        List.of(neighbours(sampling, 0, extents.get(0)), neighbours(sampling, 1, extents.get(1)));
    Value sampled = sampling.sampled(neighbours, isMean ? Formula::plus : Formula::max);
    return tensors.reduced(
        isMean ? Reduction.MEAN : Reduction.MAX, DataType.FLOAT32, sampled, List.of(4, 5));
  }

  /** Of points with the axes region, bin down, bin across, point down, point across. */
  private List<Sampling.Neighbour> neighbours(Sampling sampling, int axis, int extent) {
    List<Integer> shape = List.of(regions.dimension(0), bins.get(0), bins.get(1), points, points);
    Value place = tensors.map(shape, place(axis));
    Formula zero = Formula.number(0);
    Formula last = Formula.number(extent - 1.0);
    Value within = tensors.map(shape, Formula.of(place).within(zero, last));
    Formula isInside =
        Formula.number(-1)
            .isAtMost(Formula.of(place))
            .and(Formula.of(place).isAtMost(Formula.number(extent)));
    return sampling.linearWithin(within, isInside, axis);
  }

  /** The region's start and so many bins, and parts of one. */
  private Formula place(int axis) {
    boolean isShifted =
        call.attributes()
            .text(
                "coordinate_transformation_mode",
                call.opset() < 16 ? "output_half_pixel" : "half_pixel")
            .equals("half_pixel");
    Formula start = edge(1 - axis, isShifted);
    Formula length = edge(3 - axis, isShifted).minus(start);
    Formula whole = isShifted ? length : length.max(Formula.number(1));
    Formula bin = whole.over(Formula.number(bins.get(axis)));
    Formula place = Formula.index(1 + axis).to(DataType.FLOAT32).times(bin);
    Formula part =
        Formula.index(3 + axis)
            .to(DataType.FLOAT32)
            .plus(0.5)
            .times(bin)
            .over(Formula.number(points));
    return start.plus(place).plus(part);
  }

  private Formula edge(int number, boolean isShifted) {
    float scale = call.attributes().number("spatial_scale", 1);
    Formula edge =
        Formula.of(regions, List.of(Access.along(0), Access.at(number)))
            .times(Formula.number(scale));
    return isShifted ? edge.plus(-0.5) : edge;
  }
}
