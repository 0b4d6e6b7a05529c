package ai.opengradient.store.lowering;

import ai.opengradient.canon.program.Reduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fold that is too much for one node, as two: the first folds parts of the terms, the second what
 * that gives. The outermost axis is cut into pieces, as long ones as can be.
 */
final class FoldStages {
  private final FoldRequest request;

  /** The fold's axis that is cut. */
  private final int cut;

  private final int piece;

  private FoldStages(FoldRequest request, int cut, int piece) {
    this.request = request;
    this.cut = cut;
    this.piece = piece;
  }

  /**
   * The stages of a fold of more than one term.
   *
   * @param longest how many terms the first one should have at most
   */
  static FoldStages of(FoldRequest request, long longest) {
    int cut = 0;
    while (request.terms().get(cut) == 1) {
      cut++;
    }
    int extent = request.terms().get(cut);
    long behind = request.termCount() / extent;
    int piece = piece(extent, Math.max(1, longest / behind));
    if (extent % piece != 0 && !hasAllTerms(request)) {
      // The last piece would reach beyond the window; single places never do.
      piece = 1;
    }
    return new FoldStages(request, cut, piece);
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

  private int pieces() {
    return Math.ceilDiv(request.terms().get(cut), piece);
  }

  /** How many terms a part has. */
  long length() {
    return first().termCount();
  }

  /** The fold of the parts, which are the result's last and innermost axis. */
  FoldRequest first() {
    return new FoldRequest(
        request.reduction(),
        request.dataType(),
        Shapes.join(request.shape(), List.of(pieces())),
        Shapes.join(request.order(), List.of(request.rank())),
        Shapes.with(request.terms(), cut, piece),
        request.factors().stream().map(this::inParts).toList(),
        Optional.empty());
  }

  private Reading inParts(Reading factor) {
    return new Reading(factor.value(), factor.accesses().stream().map(this::inParts).toList());
  }

  /** The parts' axis stands between those of the shape and the fold's. */
  private Access inParts(Access access) {
    int rank = request.rank();
    List<Access.Part> parts = new ArrayList<>();
    for (Access.Part part : access.parts()) {
      if (part.axis() == rank + cut) {
        parts.add(Access.part(rank, Math.multiplyExact(part.coefficient(), piece)));
      }
      parts.add(part.axis() < rank ? part : Access.part(part.axis() + 1, part.coefficient()));
    }
    return new Access(access.offset(), access.divisor(), parts);
  }

  /**
   * The fold of what the first one gave.
   *
   * @param parts of the first one's shape
   */
  FoldRequest second(Value parts) {
    return new FoldRequest(
        request.reduction() == Reduction.DOT ? Reduction.SUM : request.reduction(),
        request.dataType(),
        request.shape(),
        request.order(),
        List.of(pieces()),
        List.of(Reading.identity(parts)),
        Optional.empty());
  }

  /**
   * Whether every fold axis that a factor follows runs along a whole axis of it: none is absent.
   */
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
