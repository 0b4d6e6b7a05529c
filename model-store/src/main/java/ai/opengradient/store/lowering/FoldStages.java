package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fold that is too much for one node, as two: the first folds parts of the terms, the second what
 * that gives. Whole outer axes make the parts, or pieces of the axis if there is but one.
 */
final class FoldStages {
  private FoldStages() {}

  /**
   * The fold of the parts: its last axes, stored innermost, are those that the second fold takes.
   *
   * @param longest how many terms it should have at most
   */
  static FoldRequest first(FoldRequest request, long longest) {
    FoldRequest cut = request.terms().size() == 1 ? inPieces(request, longest) : request;
    int outer = 1;
    while (outer < cut.terms().size() - 1 && termsBehind(cut, outer) > longest) {
      outer++;
    }
    // Accesses number a fold's axes behind those of the shape: nothing is to be renumbered.
    List<Integer> shape = Shapes.join(cut.shape(), cut.terms().subList(0, outer));
    List<Integer> order = new ArrayList<>(cut.order());
    for (int axis = cut.rank(); axis < shape.size(); axis++) {
      order.add(axis);
    }
    return new FoldRequest(
        cut.reduction(),
        cut.dataType(),
        shape,
        order,
        cut.terms().subList(outer, cut.terms().size()),
        cut.factors(),
        Optional.empty());
  }

  private static long termsBehind(FoldRequest request, int axes) {
    return Shapes.count(request.terms().subList(axes, request.terms().size()));
  }

  /** What the first fold gave, with one axis for the parts. */
  static Value parts(FoldRequest request, Value values) {
    int rank = request.rank();
    int parts = Shapes.product(values.shape().subList(rank, values.rank()));
    return new Value(
        values.dataType(),
        Shapes.join(request.shape(), List.of(parts)),
        Shapes.join(request.order(), List.of(rank)),
        values.source());
  }

  /**
   * The fold of what the first one gave.
   *
   * @param parts with one axis for them
   */
  static FoldRequest second(FoldRequest request, Value parts) {
    return new FoldRequest(
        request.reduction() == Reduction.DOT ? Reduction.SUM : request.reduction(),
        request.dataType(),
        request.shape(),
        request.order(),
        List.of(parts.shape().getLast()),
        List.of(Reading.identity(parts)),
        Optional.empty());
  }

  /**
   * With two axes for its only one: pieces, and the place in a piece. The last piece may reach
   * beyond the end, where no term is.
   */
  private static FoldRequest inPieces(FoldRequest request, long longest) {
    int extent = request.terms().getFirst();
    int piece = piece(extent, longest);
    if (extent % piece != 0 && !hasAllTerms(request)) {
      throw new LoweringFailure.Unsupported(
          "a window of " + extent + " terms is too long; use smaller ones");
    }
    int axis = request.rank();
    return new FoldRequest(
        request.reduction(),
        request.dataType(),
        request.shape(),
        request.order(),
        List.of(Math.ceilDiv(extent, piece), piece),
        request.factors().stream().map(factor -> inPieces(factor, axis, piece)).toList(),
        request.addend());
  }

  /** The longest of equal pieces, or of pieces of which the last is shorter. */
  private static int piece(int extent, long longest) {
    int most = (int) Math.min(longest, Math.ceilDiv(extent, 2));
    for (int piece = most; piece > most / 2; piece--) {
      if (extent % piece == 0) {
        return piece;
      }
    }
    return most;
  }

  private static Reading inPieces(Reading factor, int axis, int piece) {
    return new Reading(
        factor.value(),
        factor.accesses().stream().map(access -> inPieces(access, axis, piece)).toList());
  }

  private static Access inPieces(Access access, int axis, int piece) {
    List<Access.Part> parts = new ArrayList<>();
    for (Access.Part part : access.parts()) {
      if (part.axis() == axis) {
        parts.add(Access.part(axis, Math.multiplyExact(part.coefficient(), piece)));
        parts.add(Access.part(axis + 1, part.coefficient()));
      } else {
        parts.add(part);
      }
    }
    return new Access(access.offset(), access.divisor(), parts);
  }

  /** Whether every fold axis that a factor follows runs along a whole axis of it: none is absent. */
  static boolean hasAllTerms(FoldRequest request) {
    return request.factors().stream().allMatch(factor -> hasAllTerms(request, factor));
  }

  private static boolean hasAllTerms(FoldRequest request, Reading factor) {
    for (int axis = 0; axis < factor.value().rank(); axis++) {
      Access access = factor.accesses().get(axis);
      for (Access.Part part : access.parts()) {
        int fold = part.axis() - request.rank();
        if (fold >= 0
            && !(access.equals(Access.along(part.axis()))
                && request.terms().get(fold) == factor.value().dimension(axis))) {
          return false;
        }
      }
    }
    return true;
  }
}
