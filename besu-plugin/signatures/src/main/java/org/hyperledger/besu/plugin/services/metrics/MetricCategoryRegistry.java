package org.hyperledger.besu.plugin.services.metrics;

import org.hyperledger.besu.plugin.services.BesuService;

/** Where plugins add groups of metrics. */
public interface MetricCategoryRegistry extends BesuService {
  void addMetricCategory(MetricCategory newMetricCategory);

  boolean isMetricCategoryEnabled(MetricCategory metricCategory);
}
