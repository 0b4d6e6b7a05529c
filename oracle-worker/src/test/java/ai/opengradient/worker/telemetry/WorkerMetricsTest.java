package ai.opengradient.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.job.Ending;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The names that dashboards rely on. */
final class WorkerMetricsTest {

  private final WorkerMetrics metrics = new WorkerMetrics();

  @Test
  void a_new_worker_has_all_its_gauges() {
    assertThat(metrics.scrape())
        .contains(
            "opg_jobs_open 0.0",
            "opg_jobs_queue 0.0",
            "opg_chain_block 0.0",
            "opg_troubles 0.0",
            "opg_inference_seconds_count 0",
            "jvm_memory_used_bytes");
  }

  @Test
  void everything_counted_is_scraped() {
    metrics.jobs(5, 2);
    metrics.block(77);
    metrics.troubles(1);
    metrics.ended(Ending.PAID);
    metrics.ended(Ending.PAID);
    assertThat(metrics.inferenceEnds(metrics.inferenceBegins())).isNotNegative();
    metrics.committing(Set.of("job waiting"));
    metrics.committed(Set.of("blocks"));
    assertThat(metrics.scrape())
        .contains(
            "opg_jobs_open 5.0",
            "opg_jobs_queue 2.0",
            "opg_chain_block 77.0",
            "opg_troubles 1.0",
            "opg_jobs_ended_total{ending=\"paid\"} 2.0",
            "opg_inference_seconds_count 1",
            "opg_journal_transitions_total{transition=\"blocks\"} 1.0")
        .doesNotContain("job waiting");
  }
}
