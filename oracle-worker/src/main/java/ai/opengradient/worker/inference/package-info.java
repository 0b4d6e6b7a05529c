/**
 * Runs models in child JVMs, so that a model that crashes, hangs or eats memory costs a job and not
 * the worker.
 *
 * <p>{@link ai.opengradient.worker.inference.InferenceProcess} answers by DJL and ONNX Runtime,
 * {@link ai.opengradient.worker.inference.CanonicalProcess} lowers models and answers by the
 * canonical engine; others call nothing else. Each starts a child under a limit of memory, speaks
 * with it over a Unix domain socket in a folder only this user can enter, kills it when a run takes
 * too long, and starts another when the one before is gone. A child ends when its standard input
 * does, which is when its parent dies.
 *
 * <p>One exchange at a time; every number is big-endian. A text is its length in bytes (int32) and
 * its UTF-8 bytes. A list of types is their count (int32), and for each its dtype code, rank and
 * dimensions (int32 each); a list of tensors is their types, then all their elements, in order,
 * row-major, as {@link ai.opengradient.canon.tensor.Tensor} holds them. Shapes are the types of the
 * inputs that a job gives, then the count of fixed ones (int32), and for each its name (text),
 * dtype code, rank and dimensions (int32 each) and elements.
 *
 * <pre>
 * child, once:  count of texts (int32), what computes (texts)
 * parent:       LOAD  (int32 1), model file (text)
 *               RUN   (int32 2), model file (text), inputs (tensors)
 *               LOWER (int32 3), model file (text), shapes, degradation (text)
 *               RUN_CANONICALLY (int32 4), model file (text), shapes, degradation (text), inputs (tensors)
 *               TRACE (int32 5), model file (text), shapes, folder of programs (text), trace file (text), inputs (tensors)
 * child:        DONE   (int32 1), outputs (tensors; none after LOAD);
 *                       after LOWER: program root (text), whether discontinuous (int32), outputs (types)
 *                       after TRACE: program root (text)
 *               FAILED (int32 2), which failure (text), what happened (text)
 * </pre>
 */
@NullMarked
package ai.opengradient.worker.inference;

import org.jspecify.annotations.NullMarked;
