package ai.opengradient.canon.program;

import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * A value that a MAP's expression starts from: that of the first alternative which is in bounds,
 * else the pad.
 *
 * @param pad an element of the type, in canonical form
 * @param alternatives at least one; all have the slot's type
 */
public record Slot(DataType dataType, long pad, List<Operand> alternatives) {
  /**
   * @throws ProgramException if there is no alternative, or one of another type, or the pad is not
   *     canonical
   */
  public Slot {
    alternatives = List.copyOf(alternatives);
    ProgramException.requireCount("alternatives of a slot", alternatives.size(), 1, Caps.OPERANDS);
    Elements.requireCanonical(dataType, pad);
    for (Operand alternative : alternatives) {
      if (alternative.dataType() != dataType) {
        throw new ProgramException(
            Fault.WRONG_TYPE,
            "a slot of "
                + dataType.label()
                + " has an alternative of "
                + alternative.dataType().label());
      }
    }
  }

  /** With the pad zero. */
  public static Slot of(Operand operand) {
    return new Slot(operand.dataType(), 0, List.of(operand));
  }
}
