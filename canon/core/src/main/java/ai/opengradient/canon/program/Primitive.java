package ai.opengradient.canon.program;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * One step of an {@link Expression}: sets the next register. Source: section 7 of {@code
 * docs/canon.md}.
 */
public sealed interface Primitive {
  /** The registers that it reads. */
  List<Integer> registers();

  /**
   * An element.
   *
   * @param element of the type, in canonical form
   */
  record Constant(DataType dataType, long element) implements Primitive {
    /**
     * @throws ProgramException if the element is not in canonical form
     */
    public Constant {
      Elements.requireCanonical(dataType, element);
    }

    @Override
    public List<Integer> registers() {
      return List.of();
    }
  }

  /** The element's coordinate on an axis of the space, an int64. */
  record Index(int axis) implements Primitive {
    @Override
    public List<Integer> registers() {
      return List.of();
    }
  }

  /** A register as another type. */
  record Cast(DataType dataType, int register) implements Primitive {
    @Override
    public List<Integer> registers() {
      return List.of(register);
    }
  }

  /** Whether a claimed element is within a band of the exact one. */
  record Within(int claim, int exact, Band band) implements Primitive {
    @Override
    public List<Integer> registers() {
      return List.of(claim, exact);
    }
  }

  /** A function of a float32. */
  record Function(UnaryFunction function, int register) implements Primitive {
    @Override
    public List<Integer> registers() {
      return List.of(register);
    }
  }

  /**
   * An operation on registers.
   *
   * @param registers as many as the operation takes
   */
  record Apply(Operation operation, List<Integer> registers) implements Primitive {
    /**
     * @throws IllegalArgumentException if the operation takes more or fewer registers
     */
    public Apply {
      registers = List.copyOf(registers);
      if (registers.size() != operation.operands()) {
        throw new IllegalArgumentException(
            operation + " takes " + operation.operands() + " registers, not " + registers.size());
      }
    }
  }

  static Primitive apply(Operation operation, Integer... registers) {
    return new Apply(operation, List.of(registers));
  }
}
