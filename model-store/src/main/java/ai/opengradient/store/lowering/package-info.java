/**
 * Lowering: an ONNX graph, for one choice of its open dimensions, becomes a program of the canon
 * and the weights that it names. Deterministic: the order in which the file lists nodes and
 * constants, the names in it and the machine play no part.
 *
 * <p>Who reads this for the first time begins with {@link Lowering}, then {@link Value}, {@link
 * TensorBuilder}, {@link Formula} and {@link FoldRequest}; the operators, family by family, are
 * built of these.
 */
@NullMarked
package ai.opengradient.store.lowering;

import org.jspecify.annotations.NullMarked;
