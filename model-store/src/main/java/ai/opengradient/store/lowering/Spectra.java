package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fourier transforms, as products with constant matrices, and window functions. */
final class Spectra {
  private Spectra() {}

  static void addTo(OperatorTable table) {
    table.add("DFT", Spectra::transform);
    table.add("STFT", Spectra::shortTime);
    table.add("HannWindow", call -> window(call, 0.5, 0.5, 0));
    table.add("HammingWindow", call -> window(call, 25.0 / 46, 1 - 25.0 / 46, 0));
    table.add("BlackmanWindow", call -> window(call, 0.42, 0.5, 0.08));
  }

  /** a − b·cos(2πn/N) + c·cos(4πn/N). */
  private static Value window(Call call, double a, double b, double c) {
    int size = Shapes.dimension(call.integer(0, "the size"));
    if (call.dataType("output_datatype", DataType.FLOAT32) != DataType.FLOAT32) {
      throw new LoweringFailure.Unsupported("windows are float32; cast them in the model");
    }
    int period = call.attributes().flag("periodic", true) ? size : size - 1;
    Formula angle =
        Formula.index(0).to(DataType.FLOAT32).times(2 * Math.PI).over(Formula.number(period));
    Formula window = Formula.number(a).minus(angle.cosine().times(b));
    return call.tensors()
        .map(List.of(size), c == 0 ? window : window.plus(angle.times(2).cosine().times(c)));
  }

  /** The axis is an input since version 20. */
  private static Value transform(Call call) {
    Value x = call.input(0);
    boolean inverse = call.attributes().flag("inverse", false);
    boolean oneSided = call.attributes().flag("onesided", false);
    long stated =
        call.opset() < 20
            ? call.attributes().integer("axis", 1)
            : call.optional(2).isPresent() ? call.integer(2, "the axis") : -2;
    int axis = Shapes.axis(stated, x.rank());
    int given = x.dimension(axis);
    int standard = inverse && oneSided ? 2 * (given - 1) : given;
    int length =
        call.optional(1).isPresent() ? Shapes.dimension(call.integer(1, "the length")) : standard;
    if (axis == x.rank() - 1 || x.shape().getLast() > 2 || x.isEmpty() || length < 1) {
      throw new LoweringFailure.Invalid("a tensor of " + x.shape() + " is no signal");
    }
    FourierMatrix matrix = new FourierMatrix(length, inverse, oneSided, x.shape().getLast());
    List<Integer> shape = new ArrayList<>(x.shape());
    shape.set(axis, matrix.rows());
    shape.set(x.rank() - 1, matrix.parts());
    // The fold's axes: the signal's elements, and their parts.
    int element = x.rank();
    List<Access> signal = new ArrayList<>(Access.identity(x.rank()));
    signal.set(axis, Access.along(element));
    signal.set(x.rank() - 1, Access.along(element + 1));
    return call.tensors()
        .fold(
            FoldRequest.dot(
                DataType.FLOAT32,
                shape,
                List.of(Math.min(given, matrix.columns()), x.shape().getLast()),
                new Reading(x, signal),
                new Reading(
                    matrix.of(call.tensors()),
                    List.of(
                        Access.along(axis),
                        Access.along(x.rank() - 1),
                        Access.along(element),
                        Access.along(element + 1)))));
  }

  /** One transform for each frame of a signal, perhaps through a window. */
  private static Value shortTime(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    if (x.rank() != 3 || x.dimension(2) > 2 || x.isEmpty()) {
      throw new LoweringFailure.Invalid("a tensor of " + x.shape() + " is no signal");
    }
    int step = Windows.atLeastOne("step", Shapes.dimension(call.integer(1, "the step")));
    Optional<Value> window = call.optional(2);
    int length =
        call.optional(3).isPresent()
            ? Shapes.dimension(call.integer(3, "the length of a frame"))
            : window.map(value -> value.dimension(0)).orElse(x.dimension(1));
    if (length < 1 || length > x.dimension(1)) {
      throw new LoweringFailure.Invalid("frames of " + length + " don't fit " + x.shape());
    }
    int parts = x.dimension(2);
    FourierMatrix matrix =
        new FourierMatrix(length, false, call.attributes().flag("onesided", true), parts);
    Value plain = matrix.of(tensors);
    Value factors =
        window
            .map(value ->
                tensors.map(
                    plain.shape(),
                    Formula.of(plain).times(Formula.of(value, List.of(Access.along(2))))))
            .orElse(plain);
    int frames = (x.dimension(1) - length) / step + 1;
    Access place = Access.affine(0, Access.part(1, step), Access.part(4, 1));
    return tensors.fold(
        FoldRequest.dot(
            DataType.FLOAT32,
            List.of(x.dimension(0), frames, matrix.rows(), matrix.parts()),
            List.of(length, parts),
            new Reading(x, List.of(Access.along(0), place, Access.along(5))),
            new Reading(
                factors,
                List.of(Access.along(2), Access.along(3), Access.along(4), Access.along(5)))));
  }
}
