package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.program.Node;
import java.util.List;

/** Chooses how a MAP is computed. */
public final class Maps {
  private Maps() {}

  /**
   * The step of a MAP.
   *
   * @param counts of its operands' tensors
   */
  public static Step step(Node.Map map, List<Integer> counts) {
    Slots slots = new Slots(map, counts);
    if (!map.expression().primitives().isEmpty()) {
      return new BlockMap(map, slots);
    }
    return Transposition.of(slots).orElseGet(() -> new Relay(slots));
  }
}
