package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  /** The JDK lists platform threads only; what virtual ones would do shows after a minute. */
  @Test
  void a_silent_child_holds_no_carrier_of_virtual_threads() throws IOException {
    Process child = catOfNothing();
    try {
      LastWords words = LastWords.of(child.getInputStream());
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains(LastWords.THREAD);
      assertThat(words.soFar()).isEmpty();
    } finally {
      child.destroyForcibly();
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
