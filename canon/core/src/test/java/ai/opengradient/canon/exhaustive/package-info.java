/** Compares every function with MPFR on every argument: {@code scripts/exhaustive}. */
@NullMarked
package ai.opengradient.canon.exhaustive;

import org.jspecify.annotations.NullMarked;
