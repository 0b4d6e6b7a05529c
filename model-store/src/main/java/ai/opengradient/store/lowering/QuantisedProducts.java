package ai.opengradient.store.lowering;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;

/**
 * Products and convolutions of quantised tensors: sums of int32, exact, of integers from which the
 * zero points have been subtracted; scaled by (scale of a · scale of b) / scale of y.
 */
final class QuantisedProducts {
  private QuantisedProducts() {}

  static void addTo(OperatorTable table) {
    table.add("MatMulInteger", call -> product(call, 0, 2, 1, 3));
    table.add("QLinearMatMul", QuantisedProducts::scaledProduct);
    table.add("ConvInteger", call -> convolution(call, 0, 2, 1, 3, Optional.empty()));
    table.add("QLinearConv", QuantisedProducts::scaledConvolution);
  }

  private static Value product(Call call, int a, int zeroOfA, int b, int zeroOfB) {
    TensorBuilder tensors = call.tensors();
    Value left = call.input(a);
    Optional<Value> perRow = call.optional(zeroOfA).map(zero -> perRow(tensors, zero, left));
    return MatrixProducts.product(
        tensors,
        centred(tensors, left, perRow),
        centred(tensors, call.input(b), call.optional(zeroOfB)),
        INT32);
  }

  /** One number a row stretches along the row. */
  private static Value perRow(TensorBuilder tensors, Value parameter, Value matrix) {
    return parameter.rank() == 1 && matrix.rank() > 1 && parameter.count() > 1
        ? tensors.unsqueezed(parameter, List.of(1))
        : parameter;
  }

  private static Value centred(TensorBuilder tensors, Value x, Optional<Value> zeroPoint) {
    Optional<Value> zero = Quantisation.zeroPoint(zeroPoint);
    return zero.isEmpty()
        ? x
        : tensors.map(x.shape(), Quantisation.centred(Formula.of(x), zero.map(Formula::of)));
  }

  /** Inputs: a, its scale and zero point; b, the same; scale and zero point of the result. */
  private static Value scaledProduct(Call call) {
    TensorBuilder tensors = call.tensors();
    Value sums = product(call, 0, 2, 3, 5);
    Formula scaleOfA = Formula.of(perRow(tensors, call.input(1), call.input(0)));
    Value factor = tensors.elementwise(scaleOfA.times(call.formula(4)).over(call.formula(6)));
    return scaled(call, sums, Formula.of(factor), 7);
  }

  private static Value scaled(Call call, Value sums, Formula factor, int zeroPoint) {
    Optional<Value> zero = call.optional(zeroPoint);
    DataType type = zero.orElse(call.input(0)).dataType();
    Formula scaled = Formula.of(sums).to(FLOAT32).times(factor);
    Optional<Formula> single =
        Quantisation.zeroPoint(zero)
            .map(value -> Formula.of(call.tensors().reshaped(value, List.of())));
    return call.tensors().map(sums.shape(), Quantisation.saturated(scaled, single, type));
  }

  private static Value convolution(
      Call call, int x, int zeroOfX, int weights, int zeroOfWeights, Optional<Value> bias) {
    TensorBuilder tensors = call.tensors();
    Value factors = call.input(weights);
    Optional<Value> perChannel =
        call.optional(zeroOfWeights).map(zero -> perChannel(tensors, zero, factors.rank(), 0));
    return Convolutions.convolution(
        call,
        centred(tensors, call.input(x), call.optional(zeroOfX)),
        centred(tensors, factors, perChannel),
        bias,
        INT32);
  }

  /** One number for each place of an axis stretches along all other axes. */
  private static Value perChannel(TensorBuilder tensors, Value parameter, int rank, int axis) {
    return parameter.count() == 1
        ? tensors.reshaped(parameter, List.of())
        : tensors.along(parameter, rank, axis);
  }

  /** Inputs: x, its scale and zero point; weights, the same; those of the result; the bias. */
  private static Value scaledConvolution(Call call) {
    TensorBuilder tensors = call.tensors();
    Value sums = convolution(call, 0, 2, 3, 5, call.optional(8));
    Formula scaleOfX = single(call, 1);
    Formula scaleOfWeights = Formula.of(perChannel(tensors, call.input(4), sums.rank(), 1));
    Value factor = tensors.elementwise(scaleOfX.times(scaleOfWeights).over(single(call, 6)));
    return scaled(call, sums, Formula.of(factor), 7);
  }

  private static Formula single(Call call, int input) {
    return Formula.of(call.tensors().reshaped(call.input(input), List.of()));
  }
}
