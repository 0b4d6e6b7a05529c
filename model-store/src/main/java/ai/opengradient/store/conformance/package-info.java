/**
 * Holds the lowering against ONNX's own node tests: each case is a model with inputs and the
 * outputs that ONNX expects. Who reads this for the first time begins with {@link
 * ConformanceSuite}.
 */
@NullMarked
package ai.opengradient.store.conformance;

import org.jspecify.annotations.NullMarked;
