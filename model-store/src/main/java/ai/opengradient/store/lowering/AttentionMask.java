package ai.opengradient.store.lowering;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is added to the scores of attention: minus infinity where a query must not see a key. */
final class AttentionMask {
  private static final int MASK = 3;
  private static final int PAST_KEYS = 4;
  private static final int LENGTHS = 6;

  /** Axes of the scores. */
  private static final int BATCH = 0;

  private static final int QUERY = 2;
  private static final int KEY = 3;

  private final Call call;
  private final int queries;
  private final int keys;

  /**
   * @param queries how many there are
   * @param keys how many there are, those of the past included
   */
  AttentionMask(Call call, int queries, int keys) {
    this.call = call;
    this.queries = queries;
    this.keys = keys;
  }

  /** The sum of all that is added; nothing if all is seen. */
  Optional<Formula> bias() {
    List<Formula> parts = new ArrayList<>();
    call.optional(MASK).ifPresent(mask -> parts.add(given(mask)));
    if (call.attributes().flag("is_causal", false)) {
      parts.add(hidden(Formula.index(KEY).isAtMost(position())));
    }
    if (left() >= 0) {
      parts.add(hidden(position().minus(Formula.index(KEY)).isAtMost(Formula.integer(left()))));
    }
    if (right() >= 0) {
      parts.add(hidden(Formula.index(KEY).minus(position()).isAtMost(Formula.integer(right()))));
    }
    call.optional(LENGTHS)
        .ifPresent(lengths -> parts.add(hidden(Formula.index(KEY).isLess(perBatch(lengths)))));
    return parts.stream().reduce(Formula::plus);
  }

  /** Whether a query may see nothing. */
  boolean canHideAll() {
    return call.optional(MASK).isPresent()
        || call.optional(LENGTHS).isPresent()
        || left() >= 0
        || right() >= 0;
  }

  /** How many keys before its own a query sees; negative if there is no end. */
  private long left() {
    return call.attributes().integer("left_window_size", -1);
  }

  private long right() {
    return call.attributes().integer("right_window_size", -1);
  }

  private static Formula hidden(Formula isSeen) {
    return isSeen.choose(
        Formula.number(0), Formula.element(DataType.FLOAT32, Float32.NEGATIVE_INFINITY));
  }

  private static Formula perBatch(Value lengths) {
    return Formula.of(lengths, List.of(Access.along(BATCH))).to(DataType.INT64);
  }

  /** A query's place among the keys: those of the past come before it. */
  private Formula position() {
    Formula query = Formula.index(QUERY);
    Optional<Value> past = call.optional(PAST_KEYS).filter(value -> !value.isEmpty());
    if (past.isPresent()) {
      return query.plus(Formula.integer(past.get().dimension(2)));
    }
    return call.optional(LENGTHS)
        .map(lengths -> query.plus(perBatch(lengths)).minus(Formula.integer(queries)))
        .orElse(query);
  }

  /** The mask that is given, of true and false or to be added; keys beyond its end are hidden. */
  private Formula given(Value mask) {
    int rank = mask.rank();
    if (rank < 1 || rank > 4 || mask.isEmpty()) {
      throw new LoweringFailure.Invalid("a mask of " + mask.shape() + " does not fit");
    }
    List<Access> accesses = new ArrayList<>(Access.broadcast(mask.shape(), 4));
    if (mask.dimension(rank - 1) != 1 || keys == 1) {
      accesses.set(rank - 1, Access.along(KEY));
    }
    Reading reading = new Reading(mask, accesses);
    return mask.dataType() == DataType.BOOL
        ? hidden(Formula.of(reading))
        : Formula.firstOf(Float32.NEGATIVE_INFINITY, List.of(reading));
  }
}
