package ai.opengradient.worker.journal;

import static ai.opengradient.worker.journal.JournalFixture.IDENTITY;
import static ai.opengradient.worker.journal.JournalFixture.START;
import static ai.opengradient.worker.journal.JournalFixture.address;
import static ai.opengradient.worker.journal.JournalFixture.hash;
import static ai.opengradient.worker.journal.JournalFixture.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;
import ai.opengradient.worker.transactions.EffectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a journal holds when its process ended at any moment, and what is no journal to work with.
 */
final class JournalRecoveryTest {

  private static final long SEED = 20_261_121;
  private static final int COMMITS = 25;

  @TempDir private Path folder;

  /** Everything that a journal tells. */
  private record Content(
      List<BlockReference> blocks,
      List<JobRecord> jobs,
      List<List<JobTensor>> inputs,
      Map<String, BigInteger> totals) {

    static Content of(Journal journal) {
      List<JobRecord> jobs = journal.newestJobs(100);
      return new Content(
          journal.blocks(),
          jobs,
          jobs.stream().map(job -> journal.inputs(job.id())).toList(),
          journal.totals());
    }
  }

  /** Copies the journal's files at each moment, as a killed process would leave them. */
  private final class Copying implements CommitListener {
    private final Path journal;
    private final List<Path> copies = new ArrayList<>();

    Copying(Path journal) {
      this.journal = journal;
    }

    @Override
    public void committing(Set<String> transitions) {
      copies.add(copy(journal, folder.resolve("copy" + copies.size())));
    }

    @Override
    public void committed(Set<String> transitions) {
      committing(transitions);
    }
  }

  @Test
  void a_commit_is_there_wholly_or_not_at_all_whenever_the_process_ends() throws IOException {
    Random random = new Random(SEED);
    Path place = Files.createDirectory(folder.resolve("journal"));
    Copying copying = new Copying(place);
    List<Content> contents = new ArrayList<>();
    int begun;
    try (Journal journal = Journal.open(place, IDENTITY, START, copying)) {
      begun = copying.copies.size();
      contents.add(Content.of(journal));
      for (int commit = 1; commit <= COMMITS; commit++) {
        journal.commit(change(random, commit));
        contents.add(Content.of(journal));
      }
    }
    List<Path> copies = copying.copies.subList(begun, copying.copies.size());
    assertThat(copies).hasSize(2 * COMMITS);
    for (int moment = 0; moment < copies.size(); moment++) {
      try (Journal survivor = JournalFixture.open(copies.get(moment))) {
        assertThat(Content.of(survivor))
            .as("seed %d, moment %d", SEED, moment)
            .isEqualTo(contents.get((moment + 1) / 2));
      }
    }
  }

  private static Change change(Random random, int commit) {
    long job = random.nextLong(1, 6);
    return new Change(
        Optional.of(new BlockReference(10L + commit, hash(commit), 1_000 + 12L * commit)),
        List.of(job(job, new State.Fetching(new Turn.Drawn(commit, commit + 1)))),
        Map.of(
            job, JobTensor.inline(List.of(Tensor.ofFloats(new float[] {random.nextFloat()}, 1)))),
        Map.of(),
        Map.of("earned", BigInteger.valueOf(random.nextInt(1_000))));
  }

  @Test
  void a_change_that_fails_half_way_leaves_nothing() {
    // The tensors are of a job that is not there, and are written after cursor and jobs.
    Change broken =
        new Change(
            Optional.of(new BlockReference(11, hash(11), 1_012)),
            List.of(job(1, new State.Drawing())),
            Map.of(99L, JobTensor.inline(List.of(Tensor.ofFloats(new float[] {1}, 1)))),
            Map.of(),
            Map.of("earned", BigInteger.ONE));
    try (Journal journal = JournalFixture.open(folder)) {
      Content before = Content.of(journal);
      assertThatThrownBy(() -> journal.commit(broken)).hasMessageContaining("FOREIGN KEY");
      assertThat(Content.of(journal)).isEqualTo(before);
    }
  }

  @Test
  void the_listener_hears_of_each_commit_before_and_after_it() {
    List<String> heard = new ArrayList<>();
    CommitListener listener =
        new CommitListener() {
          @Override
          public void committing(Set<String> transitions) {
            heard.add("committing " + transitions);
          }

          @Override
          public void committed(Set<String> transitions) {
            heard.add("committed " + transitions);
          }
        };
    try (Journal journal = Journal.open(folder, IDENTITY, START, listener)) {
      journal.commit(change(new Random(SEED), 1));
      journal.outbox().intend(EffectKey.of("claim", 7), new Call(address(5), "0x"));
    }
    assertThat(heard)
        .containsExactly(
            "committing [opened]",
            "committed [opened]",
            "committing [begun]",
            "committed [begun]",
            "committing [blocks, job fetching]",
            "committed [blocks, job fetching]",
            "committing [transaction intended claim]",
            "committed [transaction intended claim]");
  }

  @Test
  void only_the_newest_blocks_are_kept() {
    try (Journal journal = JournalFixture.open(folder)) {
      for (int block = 11; block <= 300; block++) {
        journal.commit(
            new Change(
                Optional.of(new BlockReference(block, hash(block), 1_000 + block)),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of()));
      }
      assertThat(journal.blocks()).hasSize(256);
      assertThat(journal.blocks().getFirst().number()).isEqualTo(300);
      assertThat(journal.blocks().getLast().number()).isEqualTo(45);
    }
  }

  static Stream<Identity> others() {
    return Stream.of(
        new Identity(1, IDENTITY.genesis(), IDENTITY.market(), IDENTITY.worker()),
        new Identity(IDENTITY.chainId(), hash(9), IDENTITY.market(), IDENTITY.worker()),
        new Identity(IDENTITY.chainId(), IDENTITY.genesis(), address(9), IDENTITY.worker()),
        new Identity(IDENTITY.chainId(), IDENTITY.genesis(), IDENTITY.market(), address(9)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void a_journal_is_of_one_worker_at_one_market_on_one_chain(Identity other) {
    JournalFixture.open(folder).close();
    assertThatThrownBy(() -> JournalFixture.open(folder, other, transitions -> {}))
        .isInstanceOf(JournalException.OfAnother.class)
        .hasMessageContaining(IDENTITY.toString())
        .hasMessageContaining(other.toString())
        .hasMessageContaining("use another data folder");
  }

  @Test
  void another_process_is_refused_while_this_one_works() throws IOException, InterruptedException {
    try (Journal journal = JournalFixture.open(folder)) {
      assertThat(openInAnotherProcess()).contains("InUse", "stop the other one");
      assertThat(journal.openJobs()).isEmpty();
    }
    assertThat(openInAnotherProcess()).isEqualTo("opened with 0 open jobs");
  }

  private String openInAnotherProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return told.strip();
  }

  @Test
  void a_damaged_file_is_no_journal_to_work_with() throws IOException {
    JournalFixture.open(folder).close();
    Path file = folder.resolve("journal.db");
    byte[] sound = Files.readAllBytes(file);
    byte[] damaged = new byte[sound.length];
    new Random(SEED).nextBytes(damaged);
    // The header stays: what follows it is noise.
    System.arraycopy(sound, 0, damaged, 0, 100);
    Files.write(file, damaged);
    assertUnusable(folder);
    Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    assertUnusable(folder);
  }

  @Test
  void a_place_that_can_not_be_written_has_no_journal() throws IOException {
    assertUnusable(folder.resolve("not there"));
    Files.createDirectory(folder.resolve("journal.db"));
    assertUnusable(folder);
  }

  private static void assertUnusable(Path place) {
    assertThatThrownBy(() -> JournalFixture.open(place))
        .isInstanceOf(JournalException.Unusable.class)
        .hasMessageContaining(place.resolve("journal.db").toString())
        .hasMessageContaining("check the disk");
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectory(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return to;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
