/**
 * The functions of float32, block by block: in binary64 with a bound of its error, and by {@code
 * canon/core} where that does not decide the rounding. {@code docs/engine.md} has the bounds.
 */
@NullMarked
package ai.opengradient.canon.engine.function;

import org.jspecify.annotations.NullMarked;
