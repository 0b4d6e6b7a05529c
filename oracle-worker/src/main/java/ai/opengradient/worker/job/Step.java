package ai.opengradient.worker.job;

import java.util.List;

/**
 * What an event made of a job.
 *
 * @param state the next state, possibly the same
 * @param effects what to do once the state is in the journal
 */
public record Step(State state, List<Effect> effects) {

  public Step {
    effects = List.copyOf(effects);
  }
}
