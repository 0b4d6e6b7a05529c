package ai.opengradient.worker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.transactions.EffectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a journal in use, and what they are good for. */
final class JournalCopyTest {

  private static final EffectKey EFFECT = EffectKey.of("lease", 1);

  @TempDir private Path folder;

  private Path source;
  private Path copy;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    source = Files.createDirectory(folder.resolve("source"));
    target = Files.createDirectory(folder.resolve("target"));
    copy = folder.resolve("copy.db");
  }

  private void fill() {
    try (Journal journal = JournalFixture.open(source)) {
      journal.reconciled(List.of(4L));
      journal.commit(
          new Change(
              Optional.empty(),
              List.of(JournalFixture.job(1, new State.Drawing())),
              Map.of(),
              Map.of(),
              Map.of()));
      journal.outbox().intend(EFFECT, new Call(new Address("0x" + "12".repeat(20)), "0x"));
      journal.outbox().promise(EFFECT, 5);
      journal.backup(copy);
      journal.commit(
          new Change(
              Optional.empty(),
              List.of(JournalFixture.job(2, new State.Drawing())),
              Map.of(),
              Map.of(),
              Map.of()));
    }
  }

  @Test
  void a_copy_made_in_use_holds_what_was_there_and_is_to_be_reconciled() throws IOException {
    fill();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(Journal.exists(target)).isFalse();
    assertThat(Journal.restore(copy, target)).isEqualTo(JournalFixture.IDENTITY);
    assertThat(Journal.exists(target)).isTrue();
    try (Journal journal = JournalFixture.open(target)) {
      assertThat(journal.isToBeReconciled()).isTrue();
      assertThat(journal.openJobs()).containsExactly(JournalFixture.job(1, new State.Drawing()));
      assertThat(journal.knowsClaim(4)).isTrue();
      assertThat(journal.unsigned(5, 7)).isEqualTo(1);
      journal.reconciled(List.of(9L));
      assertThat(journal.knowsClaim(9)).isTrue();
    }
    try (Journal journal = JournalFixture.open(target)) {
      assertThat(journal.isToBeReconciled()).isFalse();
    }
  }

  @Test
  void nothing_is_written_over() throws IOException {
    fill();
    byte[] before = Files.readAllBytes(copy);
    try (Journal journal = JournalFixture.open(source)) {
      assertThatThrownBy(() -> journal.backup(copy)).isInstanceOf(JournalException.Exists.class);
    }
    assertThatThrownBy(() -> Journal.restore(copy, source))
        .isInstanceOf(JournalException.Exists.class);
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
  }

  @Test
  void what_is_no_whole_copy_is_not_restored() throws IOException {
    fill();
    byte[] whole = Files.readAllBytes(copy);
    Path broken = folder.resolve("broken.db");
    for (byte[] content :
        List.of(
            new byte[0],
            "something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            java.util.Arrays.copyOf(whole, whole.length / 2))) {
      Files.write(broken, content);
      assertThatThrownBy(() -> Journal.restore(broken, target))
          .isInstanceOf(JournalException.NoCopy.class)
          .hasMessageContaining("take another one");
      assertThat(Journal.exists(target)).isFalse();
    }
    assertThatThrownBy(() -> Journal.restore(folder.resolve("nothing.db"), target))
        .isInstanceOf(JournalException.NoCopy.class);
    Journal.restore(copy, target);
  }

  @Test
  void a_copy_that_can_not_be_written_leaves_the_journal_at_work() {
    try (Journal journal = JournalFixture.open(source)) {
      assertThatThrownBy(() -> journal.backup(folder.resolve("no folder").resolve("copy.db")))
          .isInstanceOf(JournalException.NoCopy.class);
      journal.reconciled(List.of());
      assertThat(journal.isToBeReconciled()).isFalse();
    }
  }
}
