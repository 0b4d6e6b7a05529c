package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void silent_children_leave_virtual_threads_room() throws Exception {
    List<Process> silent = new ArrayList<>();
    try {
      for (int child = 0; child <= Runtime.getRuntime().availableProcessors(); child++) {
        silent.add(catOfNothing());
        LastWords unused = LastWords.of(silent.getLast().getInputStream());
        assertThat(unused.soFar()).isEmpty();
      }

      assertThat(Thread.ofVirtual().start(() -> {}).join(LONG)).isTrue();
    } finally {
      silent.forEach(Process::destroyForcibly);
    }
  }

  @Test
  void the_end_is_kept_of_what_a_child_says() throws IOException {
    Process child = catOfNothing();
    LastWords words = LastWords.of(child.getInputStream());
    child.outputWriter().append("x".repeat(5_000)).append("the end\n").close();
    assertThat(words.read()).hasSizeBetween(4_000, 4_096).endsWith("xthe end");
  }

  /** Says what it is told, which is nothing as long as nobody tells it anything. */
  private static Process catOfNothing() throws IOException {
    return new ProcessBuilder("cat").start();
  }
}
