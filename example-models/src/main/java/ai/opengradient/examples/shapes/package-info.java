/**
 * Well-known networks as ONNX files, with random weights: right in their size and their operators,
 * and with values as lively as a trained network's. {@link
 * ai.opengradient.examples.shapes.WriteShapes} writes them, the same bytes on every machine for the
 * same seed.
 */
@NullMarked
package ai.opengradient.examples.shapes;

import org.jspecify.annotations.NullMarked;
