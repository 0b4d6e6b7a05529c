package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.journal.RunRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a job is run no more, and when its model is closed. */
final class QuarantineTest {

  private static RunRecord quarantined(long job, long version, String reason) {
    return new RunRecord(job, version, 2, 2, true, reason);
  }

  @Test
  void a_second_run_that_kills_its_process_is_the_last() {
    RunRecord first = Quarantine.beginning(7, 3, Optional.empty());
    assertThat(Quarantine.isDue(first)).isFalse();
    RunRecord failed = first.killed("out of memory");
    assertThat(Quarantine.isDue(failed)).isFalse();
    RunRecord second = Quarantine.beginning(7, 3, Optional.of(failed));
    assertThat(second.begun()).isEqualTo(2);
    assertThat(Quarantine.isDue(second)).isFalse();
    assertThat(Quarantine.isDue(second.killed("out of memory"))).isTrue();
  }

  @Test
  void runs_that_are_cut_off_with_the_worker_count_in_the_end() {
    RunRecord run = Quarantine.beginning(7, 3, Optional.empty());
    for (int start = 1; start < Quarantine.MOST_BEGUN; start++) {
      assertThat(Quarantine.isDue(run)).isFalse();
      run = Quarantine.beginning(7, 3, Optional.of(run));
    }
    assertThat(Quarantine.isDue(run)).isTrue();
    assertThat(run.reason()).contains("cut off");
    assertThat(Quarantine.isDue(run.notBegun())).isFalse();
  }

  @Test
  void a_model_is_closed_by_its_second_job_and_others_stay_open() {
    List<RunRecord> one = List.of(quarantined(7, 3, "timed out"));
    List<RunRecord> two = List.of(quarantined(7, 3, "timed out"), quarantined(9, 3, "crashed"));
    assertThat(Quarantine.closed(8, 3, one)).isEmpty();
    assertThat(Quarantine.closed(7, 3, one)).contains("in quarantine: timed out");
    assertThat(Quarantine.closed(10, 3, two))
        .contains("model in quarantine: 2 jobs, the last: crashed");
    assertThat(Quarantine.closed(10, 4, two)).isEmpty();
  }
}
