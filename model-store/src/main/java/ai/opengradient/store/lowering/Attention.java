package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * Attention: shares of values by how well queries fit keys, with many heads, some of which may
 * share their keys and values.
 *
 * <p>Source: ONNX, Attention, version 23 and later.
 */
final class Attention {
  private final Call call;
  private final TensorBuilder tensors;
  private final boolean isPacked;
  private final Value queries;
  private final Value keys;
  private final Value values;

  private Attention(Call call) {
    this.call = call;
    tensors = call.tensors();
    isPacked = call.input(0).rank() == 3;
    long queryHeads = call.attributes().integer("q_num_heads", 0);
    long keyHeads = call.attributes().integer("kv_num_heads", 0);
    queries = heads(0, queryHeads);
    keys = withPast(4, heads(1, keyHeads));
    values = withPast(5, heads(2, keyHeads));
    if (queries.dimension(3) != keys.dimension(3)
        || keys.dimension(1) != values.dimension(1)
        || keys.dimension(2) != values.dimension(2)) {
      throw new LoweringFailure.Invalid(
          "queries, keys and values of "
              + queries.shape()
              + ", "
              + keys.shape()
              + " and "
              + values.shape()
              + " don't fit each other");
    }
  }

  static void addTo(OperatorTable table) {
    table.addMany("Attention", call -> new Attention(call).outputs());
  }

  /** An input as [batch, heads, length, size]. */
  private Value heads(int input, long count) {
    Value value = call.input(input);
    Value unpacked = isPacked ? Heads.unpacked(tensors, value, count) : value;
    if (unpacked.rank() != 4 || unpacked.isEmpty()) {
      throw new LoweringFailure.Invalid("it takes tensors of rank 3 or 4, not " + value.shape());
    }
    return unpacked;
  }

  private Value withPast(int input, Value present) {
    return call.optional(input)
        .filter(past -> !past.isEmpty())
        .map(past -> tensors.concatenated(List.of(past, present), 2))
        .orElse(present);
  }

  private List<Value> outputs() {
    Value products = products();
    float cap = call.attributes().number("softcap", 0);
    Value capped = cap > 0 ? capped(products, cap) : products;
    AttentionMask mask = new AttentionMask(call, queries.dimension(2), keys.dimension(2));
    Value scores =
        mask.bias()
            .map(bias -> tensors.map(capped.shape(), Formula.of(capped).plus(bias)))
            .orElse(capped);
    Value shares = shares(scores, mask.canHideAll());
    Value result = weighted(shares);
    Value shown =
        switch ((int) call.attributes().integer("qk_matmul_output_mode", 0)) {
          case 0 -> products;
          case 1 -> capped;
          case 2 -> scores;
          case 3 -> shares;
          default -> throw new LoweringFailure.Invalid("there is no such qk_matmul_output_mode");
        };
    return List.of(isPacked ? Heads.packed(tensors, result) : result, keys, values, shown);
  }

  /** Queries times keys, scaled, of shape [batch, heads, queries, keys]. */
  private Value products() {
    double standard = 1 / Math.sqrt(queries.dimension(3));
    float scale = call.attributes().number("scale", (float) standard);
    Value scaled = tensors.elementwise(Formula.of(queries).times(Formula.number(scale)));
    List<Access> keysAndSizes =
        List.of(Access.along(0), Access.along(1), Access.along(4), Access.along(5));
    return product(scaled, keys.dimension(2), new Reading(keys, keysAndSizes));
  }

  private Value capped(Value products, float cap) {
    Formula limit = Formula.number(cap);
    return tensors.map(
        products.shape(), Formula.of(products).over(limit).tangentHyperbolic().times(limit));
  }

  /** Softmax of each row; if all of a row may be hidden, it has no shares at all. */
  private Value shares(Value scores, boolean canHideAll) {
    List<Integer> last = List.of(3);
    if (!canHideAll) {
      return Softmaxes.softmax(tensors, scores, last);
    }
    // With limits instead of comparisons: the greatest of nothing is a number, and so is the sum.
    Formula least = Formula.number(-Float.MAX_VALUE);
    Value greatest = tensors.reducedInPlace(Reduction.MAX, DataType.FLOAT32, scores, last);
    Value powers =
        tensors.map(
            scores.shape(),
            Formula.of(scores).minus(Formula.of(greatest).max(least)).exponential());
    Value sums = tensors.reducedInPlace(Reduction.SUM, DataType.FLOAT32, powers, last);
    return tensors.map(
        scores.shape(),
        Formula.of(powers).over(Formula.of(sums).max(Formula.number(Float.MIN_VALUE))));
  }

  /** Shares times values, of shape [batch, heads, queries, size]. */
  private Value weighted(Value shares) {
    List<Access> sizesAndKeys =
        List.of(Access.along(0), Access.along(1), Access.along(5), Access.along(4));
    return product(shares, values.dimension(3), new Reading(values, sizesAndKeys));
  }

  /**
   * The rows of queries times the matrices of the heads that they share.
   *
   * @param rows of shape [batch, heads, queries, terms]
   * @param matrices along the axes batch, group, head of the group, query, column and term
   * @return of shape [batch, heads, queries, columns]
   */
  private Value product(Value rows, int columns, Reading matrices) {
    Value grouped = Heads.grouped(tensors, rows, keys.dimension(1));
    List<Access> ofGroup =
        List.of(
            Access.along(0), Access.along(1), Access.along(2), Access.along(3), Access.along(5));
    Value product =
        tensors.fold(
            FoldRequest.dot(
                DataType.FLOAT32,
                Shapes.with(grouped.shape(), 4, columns),
                List.of(rows.dimension(3)),
                new Reading(grouped, ofGroup),
                matrices));
    return tensors.reshaped(product, Shapes.with(queries.shape(), 3, columns));
  }
}
