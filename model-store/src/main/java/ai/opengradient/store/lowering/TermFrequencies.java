package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * TfIdfVectorizer of integers: how often runs of tokens from a list stand in a sequence, with up to
 * so many tokens left out between two.
 */
final class TermFrequencies {
  private final Call call;
  private final TensorBuilder tensors;
  private final Value sequences;
  private final List<Long> pool;
  private final List<Integer> starts;
  private final int skips;

  private TermFrequencies(Call call) {
    this.call = call;
    tensors = call.tensors();
    Value x = call.input(0);
    if (x.rank() < 1 || x.rank() > 2 || x.isEmpty() || x.isFloat()) {
      throw new LoweringFailure.Invalid("a tensor of " + x.shape() + " is no sequence of tokens");
    }
    sequences = tensors.cast(x.rank() == 1 ? tensors.unsqueezed(x, List.of(0)) : x, DataType.INT64);
    pool =
        call.attributes()
            .integers("pool_int64s")
            .orElseThrow(() ->
                new LoweringFailure.Unsupported("tokens must be integers; map strings before"));
    starts = Shapes.dimensions(call.attributes().integers("ngram_counts").orElse(List.of()));
    skips = Shapes.dimension(call.attributes().integer("max_skip_count", 0));
  }

  static void addTo(OperatorTable table) {
    table.add("TfIdfVectorizer", call -> new TermFrequencies(call).lower());
  }

  private Value lower() {
    List<Integer> places =
        Shapes.dimensions(call.attributes().integers("ngram_indexes").orElse(List.of()));
    List<Value> counts = new ArrayList<>();
    int least = Shapes.dimension(call.attributes().integer("min_gram_length", 1));
    int most = Shapes.dimension(call.attributes().integer("max_gram_length", 1));
    int terms = 0;
    for (int length = 1; length <= starts.size(); length++) {
      int end = length < starts.size() ? starts.get(length) : pool.size();
      int count = (end - starts.get(length - 1)) / length;
      if (count < 0 || end > pool.size()) {
        throw new LoweringFailure.Invalid("the ngram_counts don't fit the pool");
      }
      if (count > 0) {
        List<Long> tokens = pool.subList(starts.get(length - 1), end);
        counts.add(
            length >= least && length <= most ? counts(tokens, length, count) : zeros(count));
      }
      terms += count;
    }
    if (terms != places.size() || terms == 0) {
      throw new LoweringFailure.Invalid(terms + " terms have " + places.size() + " places");
    }
    Value all = tensors.cast(tensors.concatenated(counts, 1), DataType.FLOAT32);
    Value placed = placed(weighted(all), places);
    return call.input(0).rank() == 1 ? tensors.place(placed, 0, 0) : placed;
  }

  private Value zeros(int terms) {
    return tensors.map(List.of(sequences.dimension(0), terms), Formula.integer(0));
  }

  /** Of terms of one length, in every sequence. */
  private Value counts(List<Long> tokens, int length, int terms) {
    Value table = tensors.reshaped(tensors.vector(tokens), List.of(terms, length));
    int size = sequences.dimension(1);
    // Axes: sequence, term, start, tokens left out.
    List<Integer> shape = List.of(sequences.dimension(0), terms, size, length == 1 ? 1 : skips + 1);
    Formula last =
        Formula.index(3)
            .plus(Formula.integer(1))
            .times(Formula.integer(length - 1L))
            .plus(Formula.index(2));
    Formula isThere = last.isLess(Formula.integer(size));
    for (int token = 0; token < length; token++) {
      Access place =
          token == 0
              ? Access.along(2)
              : Access.affine(token, Access.part(2, 1), Access.part(3, token));
      isThere =
          isThere.and(
              Formula.of(sequences, List.of(Access.along(0), place))
                  .isEqual(Formula.of(table, List.of(Access.along(1), Access.at(token)))));
    }
    Value found = tensors.map(shape, isThere.to(DataType.UINT8));
    return tensors.reduced(Reduction.SUM, DataType.INT64, found, List.of(2, 3));
  }

  private Value weighted(Value counts) {
    Formula weight =
        Formula.of(
            call.attributes()
                .numbers("weights")
                .filter(list -> list.size() == counts.dimension(1))
                .map(tensors::vectorOfFloats)
                .orElseGet(() -> tensors.map(List.of(counts.dimension(1)), Formula.number(1))));
    Formula count = Formula.of(counts);
    return switch (call.attributes().text("mode", "TF")) {
      case "TF" -> counts;
      case "IDF" -> tensors.elementwise(count.min(Formula.number(1)).times(weight));
      case "TFIDF" -> tensors.elementwise(count.times(weight));
      default -> throw new LoweringFailure.Invalid("there is no such mode");
    };
  }

  /** Each term where its index says, zeros elsewhere. */
  private Value placed(Value counts, List<Integer> places) {
    int size = Shapes.dimension(Collections.max(places) + 1L);
    int[] terms = new int[tensors.room(size)];
    long[] marks = new long[size];
    for (int term = 0; term < places.size(); term++) {
      terms[places.get(term)] = term;
      marks[places.get(term)] = 1;
    }
    Value picked = Picking.picked(tensors, counts, 1, terms);
    Value marked = tensors.constant(DataType.BOOL, List.of(size), marks);
    return tensors.elementwise(Formula.of(marked).choose(Formula.of(picked), Formula.number(0)));
  }
}
