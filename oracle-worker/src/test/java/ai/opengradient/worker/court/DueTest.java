package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DueTest {
  private final List<String> sent = new ArrayList<>();

  @Test
  void the_earliest_deadline_comes_first() {
    Due.sendAll(
        List.of(
            Due.whenever(() -> sent.add("settle")),
            new Due(20, () -> sent.add("second")),
            new Due(10, () -> sent.add("first"))));
    assertThat(sent).containsExactly("first", "second", "settle");
  }

  @Test
  void one_that_fails_does_not_keep_the_others() {
    List<Due> due =
        List.of(
            new Due(10, () -> sent.add("first")),
            new Due(20, this::fail),
            new Due(30, () -> sent.add("third")));
    assertThatThrownBy(() -> Due.sendAll(due)).hasMessage("no answer");
    assertThat(sent).containsExactly("first", "third");
  }

  private void fail() {
    throw new IllegalStateException("no answer");
  }
}
