package ai.opengradient.store.lowering;

import ai.opengradient.canon.evaluation.WholeTensor;
import org.jspecify.annotations.Nullable;

/** Where the elements of a value come from. */
sealed interface Source {
  /**
   * A node of the program.
   *
   * @param position in the {@link ProgramBuilder}
   */
  record Defined(int position) implements Source {}

  /** Known elements. Two constants are equal only if they are the same. */
  final class Constant implements Source {
    private final WholeTensor tensor;
    private @Nullable Boolean isUniform;

    Constant(WholeTensor tensor) {
      this.tensor = tensor;
    }

    WholeTensor tensor() {
      return tensor;
    }

    /** Whether all elements are the same as the first one. */
    boolean isUniform() {
      if (isUniform == null) {
        isUniform = areAllAlike();
      }
      return isUniform;
    }

    private boolean areAllAlike() {
      long first = tensor.element(0);
      for (int index = 1; index < tensor.count(); index++) {
        if (tensor.element(index) != first) {
          return false;
        }
      }
      return true;
    }
  }

  /** There are no elements. */
  enum Nothing implements Source {
    NOTHING
  }
}
