package ai.opengradient.store.graph;

/**
 * A model file's graph.
 *
 * @param opset the version of the main operators' meaning
 */
public record OnnxModel(Graph graph, int opset) {}
