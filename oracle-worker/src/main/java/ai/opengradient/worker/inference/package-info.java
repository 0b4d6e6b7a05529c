/**
 * Inference by DJL and ONNX Runtime in a child JVM, so that a model that crashes, hangs or eats
 * memory costs a job and not the worker.
 *
 * <p>{@link ai.opengradient.worker.inference.InferenceProcess} is all that others call. It starts
 * {@code InferenceChild} under a limit of memory, speaks with it over a Unix domain socket in a
 * folder only this user can enter, kills it when a run takes too long, and starts another when the
 * one before is gone. The child ends when its standard input does, which is when its parent dies.
 *
 * <p>One exchange at a time; every number is big-endian. A text is its length in bytes (int32) and
 * its UTF-8 bytes. A list of tensors is their count (int32); for each its dtype code, rank and
 * dimensions (int32 each); then all their elements, in order, row-major, as {@link
 * ai.opengradient.canon.tensor.Tensor} holds them.
 *
 * <pre>
 * child, once:  ONNX Runtime version, DJL version, provider, operating system, processor   (texts)
 * parent:       LOAD (int32 1), model file (text)
 *               RUN  (int32 2), model file (text), inputs (tensors)
 * child:        DONE   (int32 1), outputs (tensors; none after LOAD)
 *               FAILED (int32 2), which failure (text), what happened (text)
 * </pre>
 */
@NullMarked
package ai.opengradient.worker.inference;

import org.jspecify.annotations.NullMarked;
