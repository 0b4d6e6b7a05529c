package ai.opengradient.store.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Det of small matrices, by the minors of their last rows, each computed once. */
final class Determinants {
  private static final int MAXIMUM_SIZE = 6;

  private final Value matrices;
  private final int size;
  private final Map<List<Integer>, Formula> minors = new HashMap<>();

  private Determinants(Value matrices) {
    this.matrices = matrices;
    size = matrices.shape().getLast();
  }

  static void addTo(OperatorTable table) {
    table.add("Det", Determinants::lower);
  }

  private static Value lower(Call call) {
    Value matrices = call.input(0);
    int rank = matrices.rank();
    if (rank < 2 || matrices.dimension(rank - 1) != matrices.dimension(rank - 2)) {
      throw new LoweringFailure.Invalid("a tensor of " + matrices.shape() + " has no determinants");
    }
    Determinants determinants = new Determinants(matrices);
    if (determinants.size < 1 || determinants.size > MAXIMUM_SIZE) {
      throw new LoweringFailure.Unsupported(
          "determinants are those of matrices of 1 to " + MAXIMUM_SIZE + " rows here");
    }
    return call.tensors()
        .map(
            matrices.shape().subList(0, rank - 2),
            determinants.minor(Value.natural(determinants.size)));
  }

  /** The determinant of the last rows, as many as there are columns. */
  private Formula minor(List<Integer> columns) {
    Formula known = minors.get(columns);
    if (known != null) {
      return known;
    }
    int row = size - columns.size();
    Formula sum = element(row, columns.getFirst());
    if (columns.size() > 1) {
      sum = sum.times(minor(columns.subList(1, columns.size())));
      for (int at = 1; at < columns.size(); at++) {
        Formula rest = minor(Shapes.without(columns, List.of(at)));
        Formula term = element(row, columns.get(at)).times(rest);
        sum = at % 2 == 0 ? sum.plus(term) : sum.minus(term);
      }
    }
    minors.put(List.copyOf(columns), sum);
    return sum;
  }

  private Formula element(int row, int column) {
    List<Access> accesses = new ArrayList<>(Access.identity(matrices.rank() - 2));
    accesses.add(Access.at(row));
    accesses.add(Access.at(column));
    return Formula.of(matrices, accesses);
  }
}
