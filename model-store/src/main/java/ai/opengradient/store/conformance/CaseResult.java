package ai.opengradient.store.conformance;

import java.util.List;

/**
 * How a case went.
 *
 * @param name of its folder
 * @param operators of the model
 */
public record CaseResult(String name, List<String> operators, Outcome outcome) {
  private static final String EXPANDED = "_expanded";

  public CaseResult {
    operators = List.copyOf(operators);
  }

  /** Whether the model is an operator's function body written out. */
  public boolean isExpanded() {
    return name.contains(EXPANDED);
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * All outputs are as expected.
     *
     * @param bound inputs that had to be constants
     */
    record Passed(List<String> bound) implements Outcome {
      public Passed {
        bound = List.copyOf(bound);
      }
    }

    /** An output is wrong, or the model is called invalid. */
    record Failed(String why) implements Outcome {}

    /** The model asks for what is refused. */
    record Refused(String why) implements Outcome {}

    /** Something goes in or out that is no tensor of the protocol. */
    record OutOfScope() implements Outcome {}
  }
}
