package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.TensorType;
import java.nio.ByteBuffer;

/**
 * A tensor as ONNX Runtime takes it.
 *
 * @param elements row-major, in the machine's byte order, float32 values in canonical form; a
 *     direct buffer, valid until the next request is read
 */
record NativeTensor(TensorType type, ByteBuffer elements) {}
