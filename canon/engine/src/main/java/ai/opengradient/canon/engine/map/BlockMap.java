package ai.opengradient.canon.engine.map;

import static ai.opengradient.canon.engine.map.Registers.BLOCK;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.parallel.Workspace;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** A MAP with primitives: block by block, in each primitive by primitive. */
final class BlockMap implements Step {
  /** Elements of a task: several blocks. */
  private static final int TASK = 32 * BLOCK;

  private final Slots slots;
  private final List<Primitive> primitives;
  private final List<DataType> types;
  private final List<BlockOperation> operations = new ArrayList<>();

  BlockMap(Node.Map map, Slots slots) {
    this.slots = slots;
    primitives = map.expression().primitives();
    types =
        map.expression()
            .types(map.slots().stream().map(Slot::dataType).toList(), map.space().rank());
    for (int at = 0; at < primitives.size(); at++) {
      operations.add(Expressions.operation(primitives.get(at), slots.count() + at, types));
    }
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.BLOCKS;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    crew.share(
        result.count(),
        TASK,
        (first, count, workspace) -> run(operands, result, first, count, workspace, tally));
  }

  private void run(
      List<Elements> operands,
      Elements result,
      int first,
      int count,
      Workspace workspace,
      Tally tally)
      throws InterruptedException {
    Registers registers = new Registers(types);
    List<Source> sources = sources(operands, registers, first);
    for (int done = 0; done < count; done += BLOCK) {
      workspace.requireUninterrupted();
      int length = Math.min(BLOCK, count - done);
      for (Source source : sources) {
        source.read(length);
      }
      for (BlockOperation operation : operations) {
        operation.apply(registers, length, tally);
      }
      registers.write(types.size() - 1, length, result, first + done);
    }
  }

  /** What sets a register block by block, and not from other registers. */
  private interface Source {
    void read(int length);
  }

  private List<Source> sources(List<Elements> operands, Registers registers, int first) {
    List<Source> sources = new ArrayList<>();
    for (int slot = 0; slot < slots.count(); slot++) {
      SlotReader reader = slots.reader(slot, operands);
      SlotTarget target = registers.slot(slot);
      reader.seek(first);
      sources.add(length -> reader.read(length, target, 0));
    }
    for (int at = 0; at < primitives.size(); at++) {
      int register = slots.count() + at;
      switch (primitives.get(at)) {
        case Primitive.Constant constant -> registers.fill(register, 0, BLOCK, constant.element());
        case Primitive.Index index -> {
          CoordinateReader reader = new CoordinateReader(slots.nest(), slots.coordinate(at), first);
          sources.add(length -> reader.read(length, registers.longs(register)));
        }
        default -> {
          // Set by its operation.
        }
      }
    }
    return sources;
  }
}
