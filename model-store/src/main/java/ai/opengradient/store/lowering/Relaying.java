package ai.opengradient.store.lowering;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import java.nio.ByteBuffer;

/** Copies a constant's elements to other places, without the detour of computing each. */
final class Relaying {
  private final Space space;
  private final long[] steps;
  private long start;

  private Relaying(Node.Map map) {
    space = map.space();
    steps = new long[space.rank()];
    long stride = 1;
    for (View.Axis axis : view(map).axes().reversed()) {
      start += stride * axis.offset();
      for (View.Term term : axis.terms()) {
        steps[term.axis()] += stride * term.coefficient();
      }
      stride *= axis.extent();
    }
  }

  /** Whether a node takes each element from one place of its only operand, and always finds one. */
  static boolean isPossible(Node.Computed node) {
    return node instanceof Node.Map map
        && map.operands().size() == 1
        && map.expression().primitives().isEmpty()
        && view(map).axes().stream().allMatch(axis -> staysWithin(axis, map.space()));
  }

  private static View view(Node.Map map) {
    return map.operands().getFirst().view();
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

  static void copy(Node.Map map, WholeTensor source, ByteBuffer target) {
    Relaying relaying = new Relaying(map);
    int[] x = new int[relaying.space.rank()];
    long place = relaying.start;
    for (int index = 0; index < map.count(); index++) {
      ConstantTensors.put(map.dataType(), target, source.element((int) place));
      place = relaying.next(x, place);
    }
  }

  /** Moves to the next element of the space and says where it comes from. */
  private long next(int[] x, long place) {
    long next = place;
    for (int axis = x.length - 1; axis >= 0; axis--) {
      next += steps[axis];
      if (++x[axis] < space.extents().get(axis)) {
        return next;
      }
      next -= steps[axis] * x[axis];
      x[axis] = 0;
    }
    return next;
  }
}
