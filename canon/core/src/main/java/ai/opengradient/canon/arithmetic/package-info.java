/**
 * The canonical arithmetic, correctly rounded and in integers only: no floating-point instruction
 * decides a bit. It follows sections 3 to 6 and 13 of {@code docs/canon.md} in the way that
 * consensus code on other machines can follow, too: words, shifts, products.
 *
 * <p>A float32 is an {@code int} that holds its bits, in canonical form (one zero, one NaN). An
 * element of any type is a {@code long}: a float32's bits as an {@code int} widened, an integer's
 * value, 0 or 1 for a bool.
 */
@NullMarked
package ai.opengradient.canon.arithmetic;

import org.jspecify.annotations.NullMarked;
