package org.hyperledger.besu.plugin.services.metrics;

import java.util.Optional;

/** A group of metrics that operators switch on or off. */
public interface MetricCategory {
  String getName();

  Optional<String> getApplicationPrefix();
}
