package ai.opengradient.worker.journal;

import static ai.opengradient.worker.journal.JournalFixture.address;
import static ai.opengradient.worker.journal.JournalFixture.hash;
import static ai.opengradient.worker.journal.JournalFixture.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.job.State;
import ai.opengradient.worker.job.Turn;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What the journal was told, it knows after its process has ended; what was not committed, it never
 * heard. What keeps it extends this.
 */
abstract class JournalContract {

  private static final List<JobTensor> INPUTS =
      List.of(
          new JobTensor.Inline(Tensor.ofFloats(new float[] {1, -0f, Float.NaN}, 3)),
          new JobTensor.ByReference(
              TensorType.of(DataType.UINT8, 3, 4), Hash.of(new byte[Hash.LENGTH]), "015512"),
          new JobTensor.Inline(Tensor.ofLongs(new long[] {7})));
  private static final List<JobTensor> OUTPUTS =
      List.of(
          new JobTensor.ByReference(
              TensorType.of(DataType.FLOAT32, 6_001), Hash.fromHex("12".repeat(32)), "01551220"),
          new JobTensor.Inline(Tensor.ofBooleans(new boolean[] {true}, 1)));
  private static final BlockReference NEXT = new BlockReference(11, hash(11), 1_012);

  /**
   * Opens the journal that the test before this call has used, or begins it.
   *
   * @param committing hears of commits before they are done
   */
  abstract Journal open(Identity identity, Consumer<Set<String>> committing);

  private Journal open() {
    return open(JournalFixture.IDENTITY, transitions -> {});
  }

  @Test
  void keepsEveryStateOverARestart() {
    List<State> states =
        List.of(
            new State.Drawing(),
            new State.Watching(5),
            new State.Judging(new Turn.Drawn(1, 2)),
            new State.Bidding(),
            new State.Declining("wörds"),
            new State.Leasing(),
            new State.Fetching(new Turn.Drawn(1, 2)),
            new State.Inferring(new Turn.Leased(3)),
            new State.Claiming(new Turn.Leased(4)),
            new State.Checking(new State.Ended(Ending.FAILED, "no")),
            new State.Waiting(9, 2),
            new State.Finalising(3),
            new State.Frozen(1),
            new State.Ended(Ending.PAID, ""));
    assertThat(states)
        .extracting(state -> (Object) state.getClass())
        .containsExactlyInAnyOrder((Object[]) State.class.getPermittedSubclasses());
    List<JobRecord> jobs = new ArrayList<>();
    for (int index = 0; index < states.size(); index++) {
      jobs.add(job(index + 1, states.get(index)));
    }
    try (Journal journal = open()) {
      journal.commit(change(jobs));
    }
    try (Journal journal = open()) {
      jobs.forEach(job -> assertThat(journal.job(job.id())).contains(job));
      assertThat(journal.openJobs()).containsExactlyElementsOf(jobs.subList(0, jobs.size() - 1));
      assertThat(journal.newestJobs(2)).containsExactly(jobs.get(13), jobs.get(12));
      assertThat(journal.job(99)).isEmpty();
    }
  }

  @Test
  void dropsTensorsWithTheEndOfTheirJob() {
    try (Journal journal = open()) {
      JobRecord job = job(1, new State.Inferring(new Turn.Drawn(1, 2)));
      journal.commit(
          new Change(
              Optional.of(NEXT), List.of(job), Map.of(1L, INPUTS), Map.of(1L, OUTPUTS), Map.of()));
      assertThat(journal.inputs(1)).isEqualTo(INPUTS);
      assertThat(journal.outputs(1)).isEqualTo(OUTPUTS);
      journal.commit(change(List.of(job.in(new State.Ended(Ending.PAID, ""), 2_000))));
      assertThat(journal.inputs(1)).isEmpty();
      assertThat(journal.outputs(1)).isEmpty();
    }
  }

  @Test
  void addsTotalsUp() {
    BigInteger much = BigInteger.TWO.pow(100);
    try (Journal journal = open()) {
      for (int time = 0; time < 2; time++) {
        journal.commit(
            new Change(Optional.empty(), List.of(), Map.of(), Map.of(), Map.of("earned", much)));
      }
      assertThat(journal.totals()).containsExactly(Map.entry("earned", BigInteger.TWO.pow(101)));
    }
  }

  @Test
  void forgetsBlocksAboveTheCursorInAReorganisation() {
    BlockReference other = new BlockReference(11, hash(99), 1_013);
    try (Journal journal = open()) {
      assertThat(journal.blocks()).containsExactly(JournalFixture.START);
      cursor(journal, NEXT);
      cursor(journal, new BlockReference(12, hash(12), 1_024));
      assertThat(journal.blocks())
          .hasSize(3)
          .first()
          .extracting(BlockReference::number)
          .isEqualTo(12L);
      cursor(journal, JournalFixture.START);
      assertThat(journal.blocks()).containsExactly(JournalFixture.START);
      cursor(journal, other);
      assertThat(journal.blocks()).containsExactly(other, JournalFixture.START);
    }
  }

  @Test
  void keepsNothingOfACommitThatWasCutOff() {
    try (Journal journal =
        open(
            JournalFixture.IDENTITY,
            transitions -> {
              if (transitions.contains("job drawing")) {
                throw new IllegalStateException("cut off");
              }
            })) {
      assertThatThrownBy(() -> journal.commit(change(List.of(job(1, new State.Drawing())))))
          .hasMessage("cut off");
      assertThat(journal.job(1)).isEmpty();
      assertThat(journal.blocks()).containsExactly(JournalFixture.START);
    }
  }

  @Test
  void refusesAnotherWorkersJournal() {
    open().close();
    Identity other = new Identity(31_337, hash(1), address(2), address(77));
    assertThatThrownBy(() -> open(other, transitions -> {}))
        .isInstanceOf(JournalException.OfAnother.class);
    open().close();
  }

  @Test
  void keepsHowRunsGo() {
    RunRecord run = new RunRecord(1, 3, 2, 1, false, "killed\0by a signal");
    try (Journal journal = open()) {
      journal.keep(run, "failed");
      journal.keep(run.inQuarantine(), "quarantined");
      journal.keep(new RunRecord(2, 3, 1, 0, false, ""), "begun");
    }
    try (Journal journal = open()) {
      assertThat(journal.quarantined()).extracting(RunRecord::job).containsExactly(1L);
      assertThat(journal.run(1).orElseThrow().reason()).startsWith("killed").endsWith("signal");
      journal.commit(change(List.of(job(2, new State.Drawing()))));
      assertThat(journal.run(2)).isEmpty();
      journal.release(1);
      assertThat(journal.quarantined()).isEmpty();
    }
  }

  @Test
  void isReconciledOnce() {
    try (Journal journal = open()) {
      assertThat(journal.isToBeReconciled()).isTrue();
      journal.reconciled(List.of(4L));
      assertThat(journal.knowsClaim(4)).isTrue();
      assertThat(journal.knowsClaim(5)).isFalse();
    }
    try (Journal journal = open()) {
      assertThat(journal.isToBeReconciled()).isFalse();
      journal.demandReconciliation();
      journal.demandReconciliation();
      assertThat(journal.isToBeReconciled()).isTrue();
    }
  }

  private static void cursor(Journal journal, BlockReference block) {
    journal.commit(new Change(Optional.of(block), List.of(), Map.of(), Map.of(), Map.of()));
  }

  private static Change change(List<JobRecord> jobs) {
    return new Change(Optional.of(NEXT), jobs, Map.of(), Map.of(), Map.of());
  }
}
