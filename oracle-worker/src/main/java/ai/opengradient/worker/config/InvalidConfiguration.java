package ai.opengradient.worker.config;

import static java.util.stream.Collectors.joining;

import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.ArrayList;
import java.util.List;

/** A configuration with mistakes, all of them. */
public final class InvalidConfiguration extends OpgException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Mistake> mistakes;

  InvalidConfiguration(String source, List<Mistake> mistakes) {
    super(
        ErrorCode.CONFIGURATION_INVALID,
        source
            + " has "
            + (mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes")
            + mistakes.stream().map(mistake -> "\n  " + mistake).collect(joining()));
    this.mistakes = new ArrayList<>(mistakes);
  }

  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }
}
