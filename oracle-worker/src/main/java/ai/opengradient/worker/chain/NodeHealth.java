package ai.opengradient.worker.chain;

import java.time.Duration;

/** The rules by which a chain node is asked or left alone. */
final class NodeHealth {

  static final Duration LAG_PAUSE = Duration.ofSeconds(2);
  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private static final int MOST_DOUBLINGS = 10;

  private NodeHealth() {}

  /** What the event makes of a node in the state. */
  static NodeState step(NodeState state, NodeEvent event) {
    return switch (event) {
      case NodeEvent.Passed _ -> new NodeState.Healthy();
      case NodeEvent.Behind behind -> behind(state, behind);
      case NodeEvent.RateLimited limited -> {
        int before = state instanceof NodeState.Limited again ? again.times() : 0;
        Duration wanted = limited.pause().orElse(Duration.ZERO);
        Duration own = pause(before);
        Duration pause = wanted.compareTo(own) > 0 ? wanted : own;
        yield new NodeState.Limited(before + 1, limited.now().plus(bounded(pause)));
      }
      case NodeEvent.Failed failed -> {
        int before = state instanceof NodeState.Failing again ? again.times() : 0;
        yield new NodeState.Failing(before + 1, failed.what(), failed.now().plus(pause(before)));
      }
      case NodeEvent.Foreign foreign ->
          new NodeState.WrongChain(foreign.what(), foreign.now().plus(LONGEST_PAUSE));
    };
  }

  /** A node that is left alone for a worse reason stays so: that it is behind doesn't excuse it. */
  private static NodeState behind(NodeState state, NodeEvent.Behind behind) {
    return switch (state) {
      case NodeState.Unchecked _, NodeState.Failing _, NodeState.WrongChain _ -> state;
      case NodeState.Healthy _, NodeState.Lagging _, NodeState.Limited _ ->
          new NodeState.Lagging(behind.what(), behind.now().plus(LAG_PAUSE));
    };
  }

  private static Duration pause(int before) {
    return bounded(FIRST_PAUSE.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS)));
  }

  private static Duration bounded(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
