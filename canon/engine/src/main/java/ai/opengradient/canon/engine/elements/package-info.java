/**
 * Tensors as the engine computes with them: arrays of the machine's own types, elements in
 * row-major order. At the door they are read from, and written to, the canon's big-endian bytes.
 */
@NullMarked
package ai.opengradient.canon.engine.elements;

import org.jspecify.annotations.NullMarked;
