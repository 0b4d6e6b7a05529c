package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.tensor.DataType;

/** A tensor of which elements can be read: all of them, or those that somebody opened. */
public interface ElementSource {
  DataType dataType();

  int count();

  /**
   * An element in canonical form.
   *
   * @param index 0 to below the count
   * @throws EvaluationException.MissingLeaf if nobody opened it
   */
  long element(int index);
}
