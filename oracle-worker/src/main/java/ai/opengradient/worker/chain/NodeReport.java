package ai.opengradient.worker.chain;

import java.util.OptionalLong;

/**
 * How one of the configured chain nodes stands, for people.
 *
 * @param node its address, without what may be secret in it
 * @param state how it stands
 * @param head the number of the newest block that it showed
 */
public record NodeReport(String node, NodeState state, OptionalLong head) {

  @Override
  public String toString() {
    return state.describe() + (head.isPresent() ? ", block " + head.getAsLong() : "");
  }
}
