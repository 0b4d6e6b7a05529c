package ai.opengradient.besu.plugin;

import ai.opengradient.besu.precompile.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.hyperledger.besu.plugin.services.MetricsSystem;
import org.hyperledger.besu.plugin.services.metrics.MetricCategory;

/** How often the canon was asked on this node, in blocks, calls and estimates alike. */
final class CallCount {
  /** Shown where operators switch it on. */
  static final MetricCategory CATEGORY =
      new MetricCategory() {
        @Override
        public String getName() {
          return "opg";
        }

        @Override
        public Optional<String> getApplicationPrefix() {
          return Optional.of("besu_");
        }
      };

  private final LongAdder returned = new LongAdder();
  private final LongAdder reverted = new LongAdder();

  void add(Outcome outcome) {
    (outcome.returned() ? returned : reverted).increment();
  }

  /** Makes them metrics, beside what the network's rules are. */
  void publish(MetricsSystem metrics, NetworkRules rules) {
    metrics.createCounter(
        CATEGORY, "canon_returned", "Calls of the canon that returned", returned::sum);
    metrics.createCounter(
        CATEGORY, "canon_reverted", "Calls of the canon that reverted", reverted::sum);
    metrics.createLongGauge(
        CATEGORY,
        "canon_activation_block",
        "Block from which on the canon answers",
        rules::activationBlock);
  }
}
