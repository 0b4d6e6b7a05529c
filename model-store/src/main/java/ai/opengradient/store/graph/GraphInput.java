package ai.opengradient.store.graph;

import java.util.List;

/**
 * What a graph is given.
 *
 * @param dataType ONNX's code; 0 where the graph does not say
 * @param dimensions outermost first; none where the graph does not say
 */
public record GraphInput(String name, int dataType, List<Dimension> dimensions) {
  public GraphInput {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * A dimension: a size, or a name that stands for one.
   *
   * @param size −1 where it is open
   * @param name empty where it has none
   */
  public record Dimension(long size, String name) {}
}
