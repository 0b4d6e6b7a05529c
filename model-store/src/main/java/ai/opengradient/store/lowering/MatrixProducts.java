package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Products of matrices: MatMul and Gemm, and what others make of them. */
final class MatrixProducts {
  private MatrixProducts() {}

  static void addTo(OperatorTable table) {
    table.add(
        "MatMul",
        call -> product(call.tensors(), call.input(0), call.input(1), call.input(0).dataType()));
    table.add("Gemm", MatrixProducts::general);
  }

  /**
   * The product of the last two axes, the others stretched; a vector is a row on the left and a
   * column on the right.
   *
   * @param type of the result
   */
  static Value product(TensorBuilder tensors, Value left, Value right, DataType type) {
    if (left.rank() == 0 || right.rank() == 0) {
      throw new LoweringFailure.Invalid("a scalar is no matrix");
    }
    Value a = left.rank() == 1 ? tensors.unsqueezed(left, List.of(0)) : left;
    Value b = right.rank() == 1 ? tensors.unsqueezed(right, List.of(1)) : right;
    Value product = productOfMatrices(tensors, a, b, type);
    List<Integer> vectorAxes = new ArrayList<>();
    if (left.rank() == 1) {
      vectorAxes.add(product.rank() - 2);
    }
    if (right.rank() == 1) {
      vectorAxes.add(product.rank() - 1);
    }
    return tensors.reshaped(product, Shapes.without(product.shape(), vectorAxes));
  }

  private static Value productOfMatrices(TensorBuilder tensors, Value a, Value b, DataType type) {
    int terms = a.shape().getLast();
    if (terms != b.dimension(b.rank() - 2)) {
      throw new LoweringFailure.Invalid(
          "matrices of " + a.shape() + " and " + b.shape() + " don't fit each other");
    }
    List<Integer> batch = Shapes.broadcast(stacks(a), stacks(b));
    int row = batch.size();
    int column = row + 1;
    int term = row + 2;
    List<Integer> shape =
        Shapes.join(batch, List.of(a.dimension(a.rank() - 2), b.shape().getLast()));
    return tensors.fold(
        FoldRequest.dot(
            type,
            shape,
            List.of(terms),
            new Reading(
                a,
                Shapes.join(
                    Access.broadcast(stacks(a), row),
                    List.of(Access.along(row), Access.along(term)))),
            new Reading(
                b,
                Shapes.join(
                    Access.broadcast(stacks(b), row),
                    List.of(Access.along(term), Access.along(column))))));
  }

  private static List<Integer> stacks(Value matrices) {
    return matrices.shape().subList(0, matrices.rank() - 2);
  }

  /** α·A·B + β·C, A and B transposed if so wished. */
  private static Value general(Call call) {
    TensorBuilder tensors = call.tensors();
    Value a = matrix(call, 0, "transA");
    Value b = matrix(call, 1, "transB");
    if (a.dimension(1) != b.dimension(0)) {
      throw new LoweringFailure.Invalid(
          "matrices of " + a.shape() + " and " + b.shape() + " don't fit each other");
    }
    List<Integer> shape = List.of(a.dimension(0), b.dimension(1));
    float alpha = call.attributes().number("alpha", 1);
    FoldRequest request =
        FoldRequest.dot(
            a.dataType(),
            shape,
            List.of(a.dimension(1)),
            new Reading(a, List.of(Access.along(0), Access.along(2))),
            new Reading(b, List.of(Access.along(2), Access.along(1))));
    Optional<Value> addend = call.optional(2).map(c -> scaled(call, c, "beta"));
    if (alpha == 1) {
      return tensors.fold(request.plus(addend.map(c -> addend(c, shape))));
    }
    Formula product = scaled(Formula.of(tensors.fold(request)), alpha);
    return tensors.map(shape, addend.map(c -> product.plus(Formula.of(c))).orElse(product));
  }

  private static Value matrix(Call call, int input, String transposed) {
    Value value = call.input(input);
    if (value.rank() != 2) {
      throw new LoweringFailure.Invalid("it takes matrices, not " + value.shape());
    }
    return call.attributes().flag(transposed, false) ? value.transposed(List.of(1, 0)) : value;
  }

  private static Value scaled(Call call, Value value, String attribute) {
    float factor = call.attributes().number(attribute, 1);
    return factor == 1 ? value : call.tensors().elementwise(scaled(Formula.of(value), factor));
  }

  private static Formula scaled(Formula x, float factor) {
    return x.times(Formula.number(factor).to(x.dataType()));
  }

  private static Reading addend(Value value, List<Integer> shape) {
    if (!Shapes.broadcast(value.shape(), shape).equals(shape)) {
      throw new LoweringFailure.Invalid(
          "an addend of " + value.shape() + " does not fit a matrix of " + shape);
    }
    return new Reading(value, Access.broadcast(value.shape(), shape.size()));
  }
}
