package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fold with few terms, of which those of adjacent elements are adjacent: pooling, and the
 * convolution of each channel by itself. Computed term by term for many elements at once.
 */
final class Taps implements Step {
  private static final int MOST_TERMS = 256;
  private static final int LEAST_LENGTH = 8;

  /** Elements of a piece: few enough for their sums to stay in the nearest cache. */
  private static final int MOST_LENGTH = 512;

  /** Products of a task, or a little more. */
  private static final int TASK = 1 << 18;

  private final Node.Fold fold;
  private final List<Terms> terms;
  private final Addends addends;
  private final List<long[][]> offsets = new ArrayList<>();
  private final int innermost;
  private final int extent;
  private final int length;

  private Taps(Node.Fold fold, List<Terms> terms, Addends addends) {
    this.fold = fold;
    this.terms = terms;
    this.addends = addends;
    innermost = fold.space().rank() - 1;
    extent = fold.space().innermost();
    length = Math.min(extent, MOST_LENGTH);
    int rank = fold.space().rank();
    int[] x = new int[fold.terms().rank()];
    for (Terms factor : terms) {
      IndexMap part = factor.map().part(rank, rank + x.length);
      long[][] ofFactor = new long[fold.terms().size()][];
      for (int term = 0; term < ofFactor.length; term++) {
        fold.terms().coordinates(term, x, 0);
        ofFactor[term] = part.newValues();
        part.evaluate(x, ofFactor[term]);
      }
      offsets.add(ofFactor);
    }
  }

  /** The step of a fold, if it is of this kind. */
  static Optional<Step> of(Node.Fold fold, List<Terms> terms, Addends addends) {
    int rank = fold.space().rank();
    boolean isOne =
        rank > 0
            && fold.terms().size() <= MOST_TERMS
            && fold.space().innermost() >= LEAST_LENGTH
            && isExact(fold)
            && terms.stream().allMatch(factor -> factor.map().isStrided(rank - 1))
            && terms.stream().anyMatch(factor -> stride(factor, rank - 1) == 1)
            && terms.stream().allMatch(factor -> isNear(factor, rank - 1));
    return isOne ? Optional.of(new Taps(fold, terms, addends)) : Optional.empty();
  }

  /** Whether no sum of integers is above 2^53. */
  private static boolean isExact(Node.Fold fold) {
    List<DataType> types = fold.factors().stream().map(factor -> factor.dataType()).toList();
    boolean areFloats = types.getFirst() == DataType.FLOAT32;
    return switch (fold.reduction()) {
      case DOT -> areFloats || types.stream().allMatch(type -> type.width() == 1);
      case SUM, MAX, MIN -> types.getFirst() != DataType.INT64;
      case MEAN, MEANSQ -> true;
      case ARGMAX, ARGMIN, AND -> false;
    };
  }

  private static long stride(Terms factor, int axis) {
    return factor.map().forms().getFirst().factor(axis);
  }

  /** Whether adjacent elements' terms are near each other, or the same everywhere else. */
  private static boolean isNear(Terms factor, int axis) {
    return Math.abs(stride(factor, axis)) <= 1 || isSame(factor, axis);
  }

  private static boolean isSame(Terms factor, int innermost) {
    for (int axis = 0; axis < innermost; axis++) {
      if (factor.map().dependsOn(axis)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.TAPS;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    int piecesOfRow = Math.ceilDiv(extent, length);
    int pieces = result.count() / extent * piecesOfRow;
    int taskPieces = Math.ceilDiv(TASK, length * fold.terms().size());
    crew.share(
        pieces,
        taskPieces,
        (first, count, workspace) -> {
          TapPiece piece = piece(operands, workspace);
          int[] x = terms.getFirst().newCoordinates();
          for (int at = first; at < first + count; at++) {
            workspace.requireUninterrupted();
            int from = at % piecesOfRow * length;
            int place = at / piecesOfRow * extent + from;
            fold.space().coordinates(place, x, 0);
            piece.write(x, Math.min(length, extent - from), result, place, tally);
          }
        });
  }

  private TapPiece piece(List<Elements> operands, Workspace workspace) {
    List<TapRow> factors = new ArrayList<>();
    for (int at = 0; at < terms.size(); at++) {
      boolean isSame = length == extent && isSame(terms.get(at), innermost);
      factors.add(
          new TapRow(
              terms.get(at).map(), offsets.get(at), innermost, length, isSame, operands.get(at)));
    }
    ElementFold single = ElementFold.of(fold, terms, addends, operands, workspace);
    return new TapPiece(fold, factors, addends, operands, length, single);
  }
}
