package ai.opengradient.store.lowering;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.arithmetic.FloatOperations;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes a MAP of constants that copies elements or combines two by one operation, as weights are
 * laid anew and scaled: the places of the operands are not searched anew for each element.
 */
final class SteadyMap {
  private static final Set<Operation> OPERATIONS =
      Set.of(Operation.ADD, Operation.SUB, Operation.MUL, Operation.DIV);

  /** Where an operand's element lies: it moves by steps along the axes of the space. */
  private static final class Cursor {
    private final long[] steps;
    private long place;

    Cursor(View view, Space space) {
      steps = new long[space.rank()];
      long stride = 1;
      for (View.Axis axis : view.axes().reversed()) {
        place += stride * axis.offset();
        for (View.Term term : axis.terms()) {
          steps[term.axis()] += stride * term.coefficient();
        }
        stride *= axis.extent();
      }
    }
  }

  private final int[] extents;
  private final int[] x;
  private final List<Cursor> cursors = new ArrayList<>();
  private final Optional<Operation> operation;

  private SteadyMap(Node.Map map) {
    extents = map.space().toArray();
    x = new int[extents.length];
    map.operands().forEach(operand -> cursors.add(new Cursor(operand.view(), map.space())));
    operation = operation(map);
  }

  /** Whether it is such a MAP, and always finds its operands. */
  static boolean isPossible(Node.Map map) {
    return map.slots().stream().allMatch(slot -> staysWithin(slot, map.space()))
        && (isCopy(map) || operation(map).isPresent());
  }

  private static boolean isCopy(Node.Map map) {
    return map.slots().size() == 1 && map.expression().primitives().isEmpty();
  }

  private static Optional<Operation> operation(Node.Map map) {
    return map.slots().size() == 2
            && map.slots().getFirst().dataType() == FLOAT32
            && map.expression().primitives().size() == 1
            && map.expression().primitives().getFirst() instanceof Primitive.Apply apply
            && apply.registers().equals(List.of(0, 1))
            && OPERATIONS.contains(apply.operation())
        ? Optional.of(apply.operation())
        : Optional.empty();
  }

  private static boolean staysWithin(Slot slot, Space space) {
    return slot.alternatives().size() == 1
        && slot.alternatives().getFirst().view().axes().stream()
            .allMatch(axis -> staysWithin(axis, space));
  }

  private static boolean staysWithin(View.Axis axis, Space space) {
    long least = axis.offset();
    long greatest = axis.offset();
    for (View.Term term : axis.terms()) {
      long reach = (long) term.coefficient() * (space.extents().get(term.axis()) - 1);
      least += Math.min(0, reach);
      greatest += Math.max(0, reach);
    }
    return axis.divisor() == 1 && least >= 0 && greatest < axis.extent();
  }

  static void compute(Node.Map map, List<WholeTensor> operands, ByteBuffer target) {
    SteadyMap steady = new SteadyMap(map);
    DataType type = map.dataType();
    int count = map.count();
    for (int index = 0; index < count; index++) {
      ConstantTensors.put(type, target, steady.element(operands));
      steady.advance();
    }
  }

  private long element(List<WholeTensor> operands) {
    long first = operands.getFirst().element((int) cursors.getFirst().place);
    if (operation.isEmpty()) {
      return first;
    }
    int a = (int) first;
    int b = (int) operands.getLast().element((int) cursors.getLast().place);
    return switch (operation.get()) {
      case ADD -> FloatOperations.add(a, b);
      case SUB -> FloatOperations.subtract(a, b);
      case MUL -> FloatOperations.multiply(a, b);
      case DIV -> FloatOperations.divide(a, b);
      default -> throw new IllegalStateException("it is none of those");
    };
  }

  /** Moves to the next element of the space. */
  private void advance() {
    for (int axis = x.length - 1; axis >= 0; axis--) {
      x[axis]++;
      boolean isWithin = x[axis] < extents[axis];
      for (Cursor cursor : cursors) {
        cursor.place += isWithin ? cursor.steps[axis] : -cursor.steps[axis] * (x[axis] - 1);
      }
      if (isWithin) {
        return;
      }
      x[axis] = 0;
    }
  }
}
