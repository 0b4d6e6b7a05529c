package ai.opengradient.canon.program;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Defines one tensor of a program. A node that exists keeps to every rule that does not depend on
 * its position and on the tensors before it. Source: section 7 of {@code docs/canon.md}.
 */
public sealed interface Node {
  /** Of the elements that it defines. */
  DataType dataType();

  /** How many elements it defines, 1 to 2^31 − 1. */
  int count();

  /** How many bytes the elements take. */
  default long length() {
    return (long) count() * dataType().width();
  }

  /** In the order of the descriptor. */
  List<Operand> operands();

  /** A tensor that is given. */
  sealed interface Given extends Node {
    @Override
    default List<Operand> operands() {
      return List.of();
    }
  }

  /** A tensor whose elements are computed. */
  sealed interface Computed extends Node {
    /** Of its elements. */
    Space space();

    @Override
    default int count() {
      return space().size();
    }
  }

  /**
   * The job's input.
   *
   * @param input its number, below 16
   */
  record Input(DataType dataType, int count, int input) implements Given {
    /**
     * @throws ProgramException if the count or the number is out of range
     */
    public Input {
      requireCount(count);
      ProgramException.requireCount("input", input, 0, Caps.GIVEN - 1);
    }
  }

  /**
   * Data of the model.
   *
   * @param root the tree root of its data
   */
  record Weight(DataType dataType, int count, Hash root) implements Given {
    /**
     * @throws ProgramException if the count is out of range
     */
    public Weight {
      requireCount(count);
    }
  }

  /**
   * What a worker claims to be the output.
   *
   * @param output its number, below 16
   */
  record Claim(DataType dataType, int count, int output) implements Given {
    /**
     * @throws ProgramException if the count or the number is out of range
     */
    public Claim {
      requireCount(count);
      ProgramException.requireCount("output", output, 0, Caps.GIVEN - 1);
    }
  }

  /** Every element an expression of operands' elements. */
  record Map(DataType dataType, Space space, List<Slot> slots, Expression expression)
      implements Computed {
    /**
     * @throws ProgramException if slots, views and expression don't fit each other, or are too many
     */
    public Map {
      slots = List.copyOf(slots);
      ProgramException.requireCount("slots", slots.size(), 0, Caps.SLOTS);
      List<Operand> operands = operands(slots);
      ProgramException.requireCount("operands", operands.size(), 0, Caps.OPERANDS);
      operands.forEach(operand -> operand.view().requireAxes(space.rank()));
      requireType(
          expression.types(slots.stream().map(Slot::dataType).toList(), space.rank()).getLast(),
          dataType);
    }

    @Override
    public List<Operand> operands() {
      return operands(slots);
    }

    private static List<Operand> operands(List<Slot> slots) {
      return slots.stream().flatMap(slot -> slot.alternatives().stream()).toList();
    }
  }

  /**
   * Every element a reduction of terms.
   *
   * @param terms the fold space
   * @param factors the operands that have terms: a and b of DOT, a of any other
   * @param addend DOT's c, if it has one
   */
  record Fold(
      DataType dataType,
      Reduction reduction,
      Space space,
      Space terms,
      List<Operand> factors,
      Optional<Operand> addend)
      implements Computed {
    /**
     * @throws ProgramException if the operands don't fit, are not contiguous, or a step costs too
     *     much
     */
    public Fold {
      factors = List.copyOf(factors);
      boolean isDot = reduction == Reduction.DOT;
      if (factors.size() != (isDot ? 2 : 1) || (addend.isPresent() && !isDot)) {
        throw new IllegalArgumentException(
            "DOT has two operands and perhaps an addend, others one");
      }
      ProgramException.requireCount("rank of the fold space", terms.rank(), 1, Caps.RANK);
      ProgramException.requireCount("terms", terms.size(), 1, Caps.TERMS);
      int axes = space.rank() + terms.rank();
      for (Operand factor : factors) {
        factor.view().requireAxes(axes);
        factor.view().requireContiguous(axes - 1);
        if (!reduction.fits(factor.dataType(), dataType)) {
          throw new ProgramException(
              Fault.WRONG_TYPE,
              reduction + " of " + factor.dataType().label() + " gives no " + dataType.label());
        }
      }
      addend.ifPresent(operand -> {
        operand.view().requireAxes(space.rank());
        requireType(operand.dataType(), dataType);
      });
      StepGas.requireWithinCap(reduction, StepGas.ofFold(terms, factors, addend));
    }

    @Override
    public List<Operand> operands() {
      return Stream.concat(factors.stream(), addend.stream()).toList();
    }
  }

  /**
   * Every element one that an index picks.
   *
   * @param indices of int32 or int64
   * @param axis of the data's view, on which the index is the coordinate
   */
  record Gather(DataType dataType, Space space, Operand indices, Operand data, int axis)
      implements Computed {
    /**
     * @throws ProgramException if types and views don't fit
     */
    public Gather {
      indices.view().requireAxes(space.rank());
      data.view().requireAxes(space.rank());
      if (indices.dataType() != DataType.INT32 && indices.dataType() != DataType.INT64) {
        throw new ProgramException(
            Fault.WRONG_TYPE, "indices are int32 or int64, not " + indices.dataType().label());
      }
      requireType(data.dataType(), dataType);
      ProgramException.requireCount("gathered axis", axis, 0, data.view().axes().size() - 1);
      View.Axis gathered = data.view().axes().get(axis);
      if (!gathered.equals(View.Axis.affine(gathered.extent(), 0))) {
        throw new ProgramException(
            Fault.NOT_CANONICAL,
            "the index alone is the coordinate on the gathered axis: offset 0, divisor 1, no terms");
      }
    }

    @Override
    public List<Operand> operands() {
      return List.of(indices, data);
    }
  }

  private static void requireCount(int count) {
    ProgramException.requireCount("elements", count, 1, Integer.MAX_VALUE);
  }

  private static void requireType(DataType given, DataType wanted) {
    if (given != wanted) {
      throw new ProgramException(
          Fault.WRONG_TYPE, given.label() + " where " + wanted.label() + " belongs");
    }
  }
}
