package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** Computes a fold's elements one at a time, along their terms. For one thread. */
interface ElementFold {
  /**
   * An element in canonical form.
   *
   * @param x its coordinates, and zeros for the term's
   */
  long element(int[] x, Tally tally);

  /**
   * For a fold over these operands.
   *
   * @param terms of its factors
   * @param addends of a DOT
   */
  static ElementFold of(
      Node.Fold fold,
      List<Terms> terms,
      Addends addends,
      List<Elements> operands,
      Workspace workspace) {
    Terms first = terms.getFirst();
    Elements source = operands.getFirst();
    boolean isFloat = source.dataType() == DataType.FLOAT32;
    return switch (fold.reduction()) {
      case DOT ->
          isFloat
              ? new FloatDot(terms, addends, operands, workspace)
              : new IntegerDot(fold.dataType(), terms, addends, operands);
      case SUM ->
          isFloat
              ? new FloatSum(fold.reduction(), first, source, workspace)
              : new IntegerSum(fold.dataType(), first, source);
      case MEAN, MEANSQ -> new FloatSum(fold.reduction(), first, source, workspace);
      case MAX, MIN, AND ->
          isFloat
              ? new FloatExtreme(fold.reduction(), first, source, workspace)
              : new IntegerExtreme(fold.reduction(), first, source);
      case ARGMAX, ARGMIN ->
          isFloat
              ? new FloatPosition(fold.reduction(), first, source, workspace)
              : new IntegerPosition(fold.reduction(), first, source);
    };
  }
}
