package ai.opengradient.store.lowering;

import java.util.SortedSet;

/**
 * A value that has to be constant depends on inputs of these numbers; {@link Lowering} names them.
 */
@SuppressWarnings("serial") // never serialised
final class UnboundValue extends RuntimeException {
  private final transient SortedSet<Integer> inputs;

  UnboundValue(String message, SortedSet<Integer> inputs) {
    super(message);
    this.inputs = inputs;
  }

  SortedSet<Integer> inputs() {
    return inputs;
  }
}
