package ai.opengradient.worker.court;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PreparationTest {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Preparation<Integer> preparation = new Preparation<>(waiting::add);
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void work_is_begun_once_and_its_result_is_kept() throws Exception {
    assertThat(preparation.of(1, calls::incrementAndGet)).isEmpty();
    assertThat(preparation.of(1, calls::incrementAndGet)).isEmpty();
    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    assertThat(preparation.of(1, calls::incrementAndGet)).contains(1);
    assertThat(preparation.of(1, calls::incrementAndGet)).contains(1);
    assertThat(waiting).isEmpty();
  }

  @Test
  void what_failed_is_told_once_and_begun_anew() throws Exception {
    assertThat(preparation.of(1, this::fail)).isEmpty();
    waiting.remove().run();
    assertThatThrownBy(() -> preparation.of(1, calls::incrementAndGet))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no model");
    assertThat(preparation.of(1, calls::incrementAndGet)).isEmpty();
    waiting.remove().run();
    assertThat(preparation.of(1, calls::incrementAndGet)).contains(1);
  }

  private int fail() {
    throw new IllegalStateException("no model");
  }

  @Test
  void what_is_forgotten_is_handed_out_if_it_is_there() throws Exception {
    assertThat(preparation.of(1, calls::incrementAndGet)).isEmpty();
    waiting.remove().run();
    assertThat(preparation.forget(1)).contains(1);
    assertThat(preparation.forget(1)).isEmpty();
    assertThat(preparation.of(1, calls::incrementAndGet)).isEmpty();
  }
}
