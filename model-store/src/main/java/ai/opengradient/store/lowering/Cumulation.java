package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.List;

/** CumSum, each sum exact and rounded once, and CumProd, in doubling strides. */
final class Cumulation {
  private Cumulation() {}

  static void addTo(OperatorTable table) {
    table.add("CumSum", Cumulation::sum);
    table.add("CumProd", Cumulation::product);
  }

  private static int axis(Call call) {
    return Shapes.axis(call.integer(1, "the axis"), call.input(0).rank());
  }

  private static Value sum(Call call) {
    Value value = call.input(0);
    int axis = axis(call);
    int extent = value.dimension(axis);
    int gap = call.attributes().flag("exclusive", false) ? 1 : 0;
    int first = call.attributes().flag("reverse", false) ? gap : 1 - extent - gap;
    Access summed = Access.affine(first, Access.part(axis, 1), Access.part(value.rank(), 1));
    return call.tensors()
        .fold(
            FoldRequest.of(
                Reduction.SUM,
                value.dataType(),
                value.shape(),
                List.of(extent),
                new Reading(value, Access.identity(value.rank(), axis, summed))));
  }

  private static Value product(Call call) {
    Value value = call.input(0);
    int axis = axis(call);
    int direction = call.attributes().flag("reverse", false) ? -1 : 1;
    Value product = value;
    if (call.attributes().flag("exclusive", false)) {
      product = call.tensors().map(value.shape(), shifted(value, axis, direction));
    }
    for (int step = 1; step < value.dimension(axis); step *= 2) {
      product =
          call.tensors()
              .map(
                  value.shape(),
                  Formula.of(product).times(shifted(product, axis, direction * step)));
    }
    return product;
  }

  /** Moved along an axis; ones come in. */
  private static Formula shifted(Value value, int axis, int distance) {
    List<Access> accesses =
        Access.identity(value.rank(), axis, Access.along(axis).shifted(-distance));
    return Formula.firstOf(
        ConstantTensors.whole(value.dataType(), 1), List.of(new Reading(value, accesses)));
  }
}
