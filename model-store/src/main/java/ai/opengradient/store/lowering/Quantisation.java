package ai.opengradient.store.lowering;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.UINT8;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/** Floats as small integers and back: an integer q stands for (q − zero point)·scale. */
final class Quantisation {
  private static final double LEVELS = 255;

  private Quantisation() {}

  static void addTo(OperatorTable table) {
    table.add("QuantizeLinear", Quantisation::quantise);
    table.add("DequantizeLinear", Quantisation::dequantise);
    table.addMany("DynamicQuantizeLinear", Quantisation::quantiseByRange);
  }

  private static Value quantise(Call call) {
    Value x = call.input(0);
    Optional<Value> zeroPoint = call.optional(2);
    DataType type = zeroPoint.map(Value::dataType).orElse(call.dataType("output_dtype", UINT8));
    Formula scaled = call.formula(0).to(FLOAT32).over(spread(call, x, call.input(1)));
    return call.tensors()
        .map(
            x.shape(),
            saturated(scaled, zeroPoint(zeroPoint).map(zero -> spread(call, x, zero)), type));
  }

  private static Value dequantise(Call call) {
    Value x = call.input(0);
    Formula centred =
        centred(call.formula(0), zeroPoint(call.optional(2)).map(zero -> spread(call, x, zero)));
    return call.tensors().map(x.shape(), centred.to(FLOAT32).times(spread(call, x, call.input(1))));
  }

  /** Less the zero point, as int32. */
  static Formula centred(Formula x, Optional<Formula> zeroPoint) {
    Formula whole = x.to(INT32);
    return zeroPoint.map(zero -> whole.minus(zero.to(INT32))).orElse(whole);
  }

  /** A zero point, unless it is zero throughout. */
  static Optional<Value> zeroPoint(Optional<Value> zeroPoint) {
    return zeroPoint.filter(value -> !value.isZero());
  }

  /**
   * Rounded, then limited to what the type can hold, both while it is a float; then with the zero
   * point.
   */
  static Formula saturated(Formula scaled, Optional<Formula> zeroPoint, DataType type) {
    if (type == FLOAT32 || type == DataType.BOOL) {
      throw new LoweringFailure.Invalid(type.label() + " has no levels");
    }
    Formula least = Formula.whole(FLOAT32, IntegerOperations.least(type));
    Formula greatest = Formula.whole(FLOAT32, IntegerOperations.greatest(type));
    if (zeroPoint.isEmpty()) {
      return scaled.rounded().within(least, greatest).to(type);
    }
    Formula zero = zeroPoint.get().to(FLOAT32);
    Formula limited = scaled.rounded().within(least.minus(zero), greatest.minus(zero));
    return limited.to(INT32).plus(zeroPoint.get().to(INT32)).to(type);
  }

  /** A parameter for the whole tensor, for each place on an axis, or for each block along it. */
  private static Formula spread(Call call, Value x, Value parameter) {
    if (parameter.count() == 1) {
      return Formula.of(call.tensors().reshaped(parameter, List.of()));
    }
    int axis = call.axis(1, x.rank());
    if (parameter.rank() == 1) {
      return Formula.of(parameter, List.of(Access.along(axis)));
    }
    int block = Shapes.dimension(call.attributes().integer("block_size", 0));
    if (parameter.rank() != x.rank() || block == 0) {
      throw new LoweringFailure.Invalid(
          "a parameter of " + parameter.shape() + " does not fit " + x.shape());
    }
    Access ofBlock = new Access(0, block, List.of(Access.part(axis, 1)));
    return Formula.of(parameter, Access.identity(x.rank(), axis, ofBlock));
  }

  /** With the scale that the tensor's own range, widened to zero, asks for. */
  private static List<Value> quantiseByRange(Call call) {
    TensorBuilder tensors = call.tensors();
    Value x = call.input(0);
    List<Integer> axes = Value.natural(x.rank());
    Formula zero = Formula.number(0);
    Formula levels = Formula.number(LEVELS);
    Value least =
        tensors.elementwise(Formula.of(tensors.reduced(Reduction.MIN, FLOAT32, x, axes)).min(zero));
    Formula greatest = Formula.of(tensors.reduced(Reduction.MAX, FLOAT32, x, axes)).max(zero);
    Value scale = tensors.elementwise(greatest.minus(Formula.of(least)).over(levels));
    Formula start = zero.minus(Formula.of(least).over(Formula.of(scale)));
    Value zeroPoint = tensors.elementwise(start.within(zero, levels).rounded().to(UINT8));
    Formula scaled = Formula.of(x).over(Formula.of(scale));
    Value y = tensors.map(x.shape(), saturated(scaled, Optional.of(Formula.of(zeroPoint)), UINT8));
    return List.of(y, scale, zeroPoint);
  }
}
