/**
 * Folds: by matrix tiles, term by term, or element by element, in binary64 with a bound of its
 * error, and exactly where that does not decide. {@code docs/engine.md} has the bounds' proofs.
 */
@NullMarked
package ai.opengradient.canon.engine.fold;

import org.jspecify.annotations.NullMarked;
