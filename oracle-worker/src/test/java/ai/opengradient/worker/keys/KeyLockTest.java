package ai.opengradient.worker.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.Address;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyLockTest {

  private static final Address ADDRESS = new Address("0x" + "ab".repeat(20));

  @TempDir private Path directory;

  @Test
  void a_key_is_had_once_in_a_process_and_again_after_it_is_let_go() {
    KeyLock first = KeyLock.acquire(directory, ADDRESS);
    assertThatThrownBy(() -> KeyLock.acquire(directory.resolve("."), ADDRESS))
        .isInstanceOf(KeyException.KeyInUse.class)
        .hasMessageContaining(ADDRESS.toString())
        .hasMessageContaining("this very process");
    first.close();
    KeyLock second = KeyLock.acquire(directory, ADDRESS);
    first.close();
    assertThatThrownBy(() -> KeyLock.acquire(directory, ADDRESS))
        .isInstanceOf(KeyException.KeyInUse.class);
    second.close();
  }

  @Test
  void other_accounts_and_other_directories_are_free(@TempDir Path other) {
    try (KeyLock _ = KeyLock.acquire(directory, ADDRESS);
        KeyLock _ = KeyLock.acquire(directory, new Address("0x" + "cd".repeat(20)));
        KeyLock elsewhere = KeyLock.acquire(other, ADDRESS)) {
      assertThat(elsewhere).isNotNull();
    }
  }

  @Test
  void a_key_that_another_process_has_is_refused_by_its_number_until_it_is_killed()
      throws IOException, InterruptedException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                HoldsKey.class.getName(),
                directory.toString(),
                ADDRESS.hex())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> KeyLock.acquire(directory, ADDRESS))
          .isInstanceOf(KeyException.KeyInUse.class)
          .hasMessageContaining("process " + holder.pid());
      // Being refused must not have freed it.
      assertThatThrownBy(() -> KeyLock.acquire(directory, ADDRESS))
          .isInstanceOf(KeyException.KeyInUse.class);
    } finally {
      holder.destroyForcibly().waitFor();
    }
    KeyLock.acquire(directory, ADDRESS).close();
  }

  @Test
  void a_directory_that_is_not_there_is_told() {
    assertThatThrownBy(() -> KeyLock.acquire(directory.resolve("missing"), ADDRESS))
        .isInstanceOf(KeyException.UnusableFile.class)
        .hasMessageContaining("no such directory");
  }

  /** Another process: takes the lock, says so, and waits to be killed. */
  static final class HoldsKey {
    public static void main(String[] arguments) throws IOException {
      try (KeyLock _ = KeyLock.acquire(Path.of(arguments[0]), new Address(arguments[1]))) {
        System.out.println("held");
        while (System.in.read() >= 0) {
          // Waits for the end of its input, which comes with the test's end at the latest.
        }
      }
    }
  }
}
