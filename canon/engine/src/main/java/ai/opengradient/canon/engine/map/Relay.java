package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import java.util.List;

/** A MAP whose value is its only slot's: elements change their places and nothing else. */
final class Relay implements Step {
  /** Elements of a task. */
  private static final int TASK = 1 << 16;

  private final Slots slots;

  Relay(Slots slots) {
    this.slots = slots;
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.RELAY;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    SlotTarget target = new SlotTarget.OfElements(result);
    crew.share(
        result.count(),
        TASK,
        (first, count, workspace) -> {
          SlotReader reader = slots.reader(0, operands);
          reader.seek(first);
          reader.read(count, target, first);
        });
  }
}
