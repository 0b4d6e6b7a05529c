package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;

import ai.opengradient.canon.arithmetic.Conversions;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/** One element of a MAP. */
final class MapStep {
  private final int[] x;
  private final long[] registers;
  private final DataType[] types;
  private int set;

  private MapStep(Node.Map map, int index) {
    int size = map.slots().size() + map.expression().primitives().size();
    x = new int[map.space().rank()];
    map.space().coordinates(index, x, 0);
    registers = new long[size];
    types = new DataType[size];
  }

  static long element(Node.Map map, List<? extends ElementSource> operands, int index) {
    MapStep step = new MapStep(map, index);
    int operand = 0;
    for (Slot slot : map.slots()) {
      int end = operand + slot.alternatives().size();
      step.set(slot.dataType(), step.value(slot, operands.subList(operand, end)));
      operand = end;
    }
    for (Primitive primitive : map.expression().primitives()) {
      step.run(primitive);
    }
    return step.registers[step.set - 1];
  }

  private void set(DataType type, long element) {
    types[set] = type;
    registers[set++] = element;
  }

  private long value(Slot slot, List<? extends ElementSource> sources) {
    for (int at = 0; at < sources.size(); at++) {
      Operand alternative = slot.alternatives().get(at);
      int place = alternative.view().index(x, sources.get(at).count());
      if (place != View.OUT_OF_BOUNDS) {
        return sources.get(at).element(place);
      }
    }
    return slot.pad();
  }

  private void run(Primitive primitive) {
    switch (primitive) {
      case Primitive.Constant constant -> set(constant.dataType(), constant.element());
      case Primitive.Index index -> set(INT64, x[index.axis()]);
      case Primitive.Cast cast ->
          set(
              cast.dataType(),
              Conversions.cast(
                  types[cast.register()], cast.dataType(), registers[cast.register()]));
      case Primitive.Within within ->
          set(
              BOOL,
              within.band().within((int) registers[within.claim()], (int) registers[within.exact()])
                  ? 1
                  : 0);
      case Primitive.Function function ->
          set(FLOAT32, function.function().apply((int) registers[function.register()]));
      case Primitive.Apply apply -> apply(apply);
    }
  }

  private void apply(Primitive.Apply apply) {
    List<Integer> operands = apply.registers();
    DataType type = types[operands.getLast()];
    long first = registers[operands.getFirst()];
    long last = registers[operands.getLast()];
    switch (apply.operation()) {
      case SELECT -> set(type, first != 0 ? registers[operands.get(1)] : last);
      case EQ, NE, LT, LE -> set(BOOL, Operations.compare(apply.operation(), type, first, last));
      default -> set(type, Operations.compute(apply.operation(), type, first, last));
    }
  }
}
