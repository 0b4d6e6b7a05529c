package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Reduction;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses how a fold is computed. */
public final class Folds {
  private static final int LEAST_COLUMNS = 3;

  private Folds() {}

  /**
   * The step of a fold.
   *
   * @param counts of its operands' tensors
   */
  public static Step step(Node.Fold fold, List<Integer> counts) {
    List<Terms> terms =
        IntStream.range(0, fold.factors().size())
            .mapToObj(
                at -> Terms.of(fold.factors().get(at), counts.get(at), fold.space(), fold.terms()))
            .toList();
    Addends addends = new Addends(fold, counts);
    if (fold.reduction() == Reduction.DOT) {
      Product product = Product.of(fold.space(), terms);
      if (isWorthTiles(product)) {
        return new MatrixDot(fold, terms, product, addends);
      }
    }
    return Taps.of(fold, terms, addends).orElseGet(() -> new RowFold(fold, terms, addends));
  }

  /** Whether tiles, though perhaps not full, are faster than rows one by one. */
  private static boolean isWorthTiles(Product product) {
    return product.rows().size() >= Tile.ROWS && product.columns().size() >= LEAST_COLUMNS;
  }
}
