package ai.opengradient.store.lowering;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** RotaryEmbedding: pairs of elements of a head are turned by an angle that the position gives. */
final class RotaryEmbedding {
  private final TensorBuilder tensors;
  private final Value heads;
  private final int size;
  private final boolean interleaved;
  private final Value cosines;
  private final Value sines;

  private RotaryEmbedding(Call call, Value heads) {
    tensors = call.tensors();
    this.heads = heads;
    int stated = Shapes.dimension(call.attributes().integer("rotary_embedding_dim", 0));
    size = stated == 0 ? heads.dimension(3) : stated;
    interleaved = call.attributes().flag("interleaved", false);
    Optional<Value> positions = call.optional(3);
    cosines = perPosition(call.input(1), positions);
    sines = perPosition(call.input(2), positions);
  }

  static void addTo(OperatorTable table) {
    table.add("RotaryEmbedding", RotaryEmbedding::lower);
  }

  private static Value lower(Call call) {
    Value x = call.input(0);
    if (x.rank() == 3) {
      long count = call.attributes().integer("num_heads", 0);
      Value heads = Heads.unpacked(call.tensors(), x, count);
      return Heads.packed(call.tensors(), new RotaryEmbedding(call, heads).turned());
    }
    if (x.rank() != 4) {
      throw new LoweringFailure.Invalid("it takes tensors of rank 3 or 4, not " + x.shape());
    }
    return new RotaryEmbedding(call, x).turned();
  }

  /** The cache's rows, of shape [batch, length, size/2]. */
  private Value perPosition(Value cache, Optional<Value> positions) {
    Value rows =
        positions
            .map(ids ->
                tensors.gathered(
                    Shapes.join(ids.shape(), List.of(cache.shape().getLast())),
                    new Reading(ids, Access.identity(2)),
                    new Reading(cache, List.of(Access.at(0), Access.along(2))),
                    0))
            .orElse(cache);
    if (rows.rank() != 3 || rows.dimension(2) != size / 2 || size > heads.dimension(3)) {
      throw new LoweringFailure.Invalid("a cache of " + cache.shape() + " does not fit");
    }
    return rows;
  }

  private Value turned() {
    List<Integer> shape = Shapes.with(heads.shape(), 3, size / 2);
    Value first = tensors.map(shape, rotated(0, Formula::minus));
    Value second = tensors.map(shape, rotated(1, Formula::plus));
    Value turned =
        interleaved
            ? tensors.reshaped(
                tensors.stacked(List.of(first, second), 4), Shapes.with(shape, 3, size))
            : tensors.concatenated(List.of(first, second), 3);
    Value rest = tensors.part(heads, 3, size, heads.dimension(3) - size);
    return tensors.concatenated(List.of(turned, rest), 3);
  }

  /** cos·a ∓ sin·b with the pair's elements the right way round. */
  private Formula rotated(int number, BinaryOperator<Formula> combination) {
    Formula same = ofPair(number).times(angle(cosines));
    Formula other = ofPair(1 - number).times(angle(sines));
    return combination.apply(same, other);
  }

  private Formula ofPair(int number) {
    Access inHead =
        interleaved
            ? Access.affine(number, Access.part(3, 2))
            : Access.along(3).shifted(number * (size / 2));
    return Formula.of(heads, Access.identity(4, 3, inHead));
  }

  private static Formula angle(Value cache) {
    return Formula.of(cache, List.of(Access.along(0), Access.along(2), Access.along(3)));
  }
}
