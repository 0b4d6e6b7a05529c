package ai.opengradient.worker.telemetry;

import ai.opengradient.worker.job.Ending;
import ai.opengradient.worker.journal.CommitListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the worker counts, for Prometheus. */
public final class WorkerMetrics implements CommitListener {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicLong openJobs = gauge("opg.jobs.open", "Jobs with something left to do");
  private final AtomicLong queue = gauge("opg.jobs.queue", "Accepted jobs without an answer yet");
  private final AtomicLong block = gauge("opg.chain.block", "Number of the newest block seen");
  private final AtomicLong nodes = gauge("opg.chain.nodes", "Configured nodes of the chain");
  private final AtomicLong healthyNodes =
      gauge("opg.chain.nodes.healthy", "Nodes of the chain that may be asked");
  private final AtomicLong troubles = gauge("opg.troubles", "Reasons for taking no jobs");
  private final AtomicLong obligation =
      gauge("opg.obligation.seconds", "Chain time until something is due; -1 if nothing is");
  private final AtomicLong halted =
      gauge("opg.halted", "1 when nothing is sent any more until a person has looked");
  private final Timer inference =
      Timer.builder("opg.inference")
          .description("Runs of models, transfer included")
          .register(registry);

  public WorkerMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  private AtomicLong gauge(String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::doubleValue).description(description).register(registry);
    return value;
  }

  /** How many jobs are open, and how many of them wait for an answer. */
  public void jobs(int open, int waiting) {
    openJobs.set(open);
    queue.set(waiting);
  }

  /** The chain's newest block. */
  public void block(long number) {
    block.set(number);
  }

  /** How many nodes are configured, and how many of them may be asked. */
  public void nodes(int configured, int healthy) {
    nodes.set(configured);
    healthyNodes.set(healthy);
  }

  /** How many things are wrong. */
  public void troubles(int count) {
    troubles.set(count);
  }

  /** Seconds until something is due. */
  public void obligation(Optional<Long> seconds) {
    obligation.set(seconds.orElse(-1L));
  }

  /** Nothing is sent any more. */
  public void halted() {
    halted.set(1);
  }

  /** A job ended. */
  public void ended(Ending ending) {
    Counter.builder("opg.jobs.ended")
        .description("Jobs by how they ended")
        .tag("ending", ending.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }

  /** Starts the clock of a run. */
  public Timer.Sample inferenceBegins() {
    return Timer.start(registry);
  }

  /**
   * Stops the clock of a run.
   *
   * @return its nanoseconds
   */
  public long inferenceEnds(Timer.Sample sample) {
    return sample.stop(inference);
  }

  @Override
  public void committing(Set<String> transitions) {
    // Counted once it is on disk.
  }

  @Override
  public void committed(Set<String> transitions) {
    for (String transition : transitions) {
      Counter.builder("opg.journal.transitions")
          .description("Committed transitions by name")
          .tag("transition", transition)
          .register(registry)
          .increment();
    }
  }

  /** All metrics in Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }
}
