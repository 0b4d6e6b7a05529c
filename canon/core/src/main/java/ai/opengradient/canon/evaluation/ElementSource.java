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

  /**
   * Finds a run of elements, or the beginning of one.
   *
   * @param first 0 to below the count
   * @param length at least 1; all of them are elements of the tensor
   * @return how many of them lie side by side there, from the first one on; at least 1
   * @throws EvaluationException.MissingLeaf if nobody opened those
   */
  default int locate(int first, int length, ElementRun run) {
    run.set(dataType(), element(first));
    return 1;
  }
}
