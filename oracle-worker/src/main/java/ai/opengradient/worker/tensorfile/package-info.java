/**
 * Tensors as people keep them: NumPy's {@code .npy}, nested JSON arrays, ONNX's {@code
 * TensorProto}. Read against the type that a model wants, exactly: nothing is rounded that the type
 * can't hold, nothing reshaped.
 */
@NullMarked
package ai.opengradient.worker.tensorfile;

import org.jspecify.annotations.NullMarked;
