package ai.opengradient.store.conformance;

import ai.opengradient.store.conformance.CaseResult.Outcome;
import java.util.Collection;

/**
 * How many cases went how. Those out of scope are not counted.
 *
 * @param passed all outputs are as expected
 * @param bound those of the passed in which inputs had to be constants
 * @param refused the model asks for what is refused
 * @param failed an output is wrong, or the model is called invalid
 */
public record Tally(int passed, int bound, int refused, int failed) {
  static final Tally NONE = new Tally(0, 0, 0, 0);

  static Tally of(Collection<CaseResult> results) {
    return results.stream().map(Tally::of).reduce(NONE, Tally::plus);
  }

  private static Tally of(CaseResult result) {
    return switch (result.outcome()) {
      case Outcome.Passed passed -> new Tally(1, passed.bound().isEmpty() ? 0 : 1, 0, 0);
      case Outcome.Refused refused -> new Tally(0, 0, 1, 0);
      case Outcome.Failed failed -> new Tally(0, 0, 0, 1);
      case Outcome.OutOfScope out -> NONE;
    };
  }

  private Tally plus(Tally other) {
    return new Tally(
        passed + other.passed, bound + other.bound, refused + other.refused, failed + other.failed);
  }

  /** All of them. */
  public int inScope() {
    return passed + refused + failed;
  }
}
