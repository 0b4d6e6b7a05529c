/**
 * An ONNX graph in memory, from a file that {@code onnx} has looked through: nodes, constants,
 * inputs and outputs, without any meaning yet. The file's protobuf stops here.
 */
@NullMarked
package ai.opengradient.store.graph;

import org.jspecify.annotations.NullMarked;
