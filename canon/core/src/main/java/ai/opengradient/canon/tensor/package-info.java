/**
 * Element types, shapes and typed tensors as the protocol writes them: elements row-major and
 * big-endian, float32 values kept as bit patterns with one canonical form for zero and NaN. Nothing
 * here computes with floating point.
 */
@NullMarked
package ai.opengradient.canon.tensor;

import org.jspecify.annotations.NullMarked;
