package ai.opengradient.store.graph;

import ai.opengradient.store.onnx.OnnxSummary;

/**
 * A model file.
 *
 * @param opset the version of the main operators' meaning; 0 where the file states none
 * @param summary what the file says of itself
 */
public record OnnxModel(Graph graph, long opset, OnnxSummary summary) {}
