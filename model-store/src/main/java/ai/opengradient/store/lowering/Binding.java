package ai.opengradient.store.lowering;

import ai.opengradient.store.graph.GraphTensor;
import java.util.Map;

/**
 * What a model leaves open and a program must know. Names that the model does not have are ignored.
 *
 * @param sizes of open dimensions, by their name
 * @param values of inputs that are thereby fixed: they become constants, and are no inputs any more
 */
public record Binding(Map<String, Integer> sizes, Map<String, GraphTensor> values) {
  /** For models that leave nothing open. */
  public static final Binding NONE = new Binding(Map.of(), Map.of());

  public Binding {
    sizes = Map.copyOf(sizes);
    values = Map.copyOf(values);
  }

  public static Binding ofSizes(Map<String, Integer> sizes) {
    return new Binding(sizes, Map.of());
  }
}
