package ai.opengradient.worker.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeHealthTest {

  private static final Duration NOW = Duration.ofSeconds(100);

  private static final List<NodeState> STATES =
      List.of(
          new NodeState.Unchecked(),
          new NodeState.Healthy(),
          new NodeState.Lagging("late", NOW),
          new NodeState.Limited(2, NOW),
          new NodeState.Failing(3, "down", NOW),
          new NodeState.WrongChain("other", NOW));

  private static Duration after(long seconds) {
    return NOW.plusSeconds(seconds);
  }

  @Test
  void a_node_that_passes_is_healthy_whatever_it_was() {
    for (NodeState state : STATES) {
      assertThat(NodeHealth.step(state, new NodeEvent.Passed())).isEqualTo(new NodeState.Healthy());
    }
  }

  @Test
  void failures_in_a_row_are_left_alone_longer_and_longer_up_to_a_minute() {
    NodeState state = new NodeState.Healthy();
    for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      state = NodeHealth.step(state, new NodeEvent.Failed("down", NOW));
      assertThat(state.due()).isEqualTo(after(pause));
    }
    assertThat(state).isEqualTo(new NodeState.Failing(8, "down", after(60)));
    NodeState healed = NodeHealth.step(state, new NodeEvent.Passed());
    assertThat(NodeHealth.step(healed, new NodeEvent.Failed("down", NOW)).due())
        .isEqualTo(after(1));
  }

  @Test
  void a_limit_is_kept_as_long_as_the_node_asks_within_a_minute() {
    NodeState healthy = new NodeState.Healthy();
    assertThat(limited(healthy, Optional.empty()).due()).isEqualTo(after(1));
    assertThat(limited(healthy, Optional.of(Duration.ofSeconds(20))).due()).isEqualTo(after(20));
    assertThat(limited(healthy, Optional.of(Duration.ofHours(1))).due()).isEqualTo(after(60));
    NodeState again = limited(limited(healthy, Optional.empty()), Optional.empty());
    assertThat(again).isEqualTo(new NodeState.Limited(2, after(2)));
  }

  private static NodeState limited(NodeState state, Optional<Duration> pause) {
    return NodeHealth.step(state, new NodeEvent.RateLimited(pause, NOW));
  }

  @Test
  void lag_is_looked_at_again_soon_and_hides_nothing_worse() {
    NodeEvent behind = new NodeEvent.Behind("9 blocks", NOW);
    for (NodeState state : STATES) {
      NodeState next = NodeHealth.step(state, behind);
      if (state.wantsCheck()) {
        assertThat(next).isEqualTo(state);
      } else {
        assertThat(next).isEqualTo(new NodeState.Lagging("9 blocks", after(2)));
      }
    }
  }

  @Test
  void who_was_away_or_strange_must_show_its_chain_again() {
    assertThat(STATES)
        .filteredOn(NodeState::wantsCheck)
        .extracting(state -> state.getClass().getSimpleName())
        .containsExactly("Unchecked", "Failing", "WrongChain");
    assertThat(NodeHealth.step(new NodeState.Healthy(), new NodeEvent.Foreign("chain 1", NOW)))
        .isEqualTo(new NodeState.WrongChain("chain 1", after(60)));
  }

  @Test
  void people_are_told_each_state() {
    assertThat(STATES)
        .extracting(NodeState::describe)
        .containsExactly(
            "not asked yet",
            "healthy",
            "lagging: late",
            "limited: it wants to be asked less often",
            "failing: down",
            "wrong chain: other");
  }
}
