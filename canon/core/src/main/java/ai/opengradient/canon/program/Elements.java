package ai.opengradient.canon.program;

import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;

/** Single elements in descriptors. */
final class Elements {
  private Elements() {}

  /** Throws unless the element is one of the type, in the only form in which it is written. */
  static void requireCanonical(DataType type, long element) {
    boolean canonical =
        switch (type) {
          case FLOAT32 -> element == (int) element && Float32.canonical((int) element) == element;
          case BOOL -> element == 0 || element == 1;
          case UINT8, INT8, INT32, INT64 -> IntegerOperations.wrap(type, element) == element;
        };
    if (!canonical) {
      throw new ProgramException(
          Fault.NOT_CANONICAL,
          "0x%x is not the canonical form of a %s".formatted(element, type.label()));
    }
  }
}
