/**
 * Reading of untrusted ONNX files: what goes in and out, which operators, how many parameters;
 * nothing is loaded or run.
 */
@NullMarked
package ai.opengradient.store.onnx;

import org.jspecify.annotations.NullMarked;
