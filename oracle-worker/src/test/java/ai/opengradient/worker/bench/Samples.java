package ai.opengradient.worker.bench;

import java.util.ArrayList;
import java.util.List;

/** Measurements of one quantity. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double least() {
    return sorted().getFirst();
  }

  double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
