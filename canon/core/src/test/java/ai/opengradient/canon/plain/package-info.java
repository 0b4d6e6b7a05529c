/**
 * The arithmetic of {@code docs/canon.md}, sections 2 to 6 and WITHIN of section 13, as plainly as
 * it can be written: exact integers of any size, no floating point, slow. It shares no code with
 * what it is compared with, and is to be believed by being read.
 *
 * <p>An element is a {@code long}: a float32 its 32 bits, sign-extended; an integer its value; a
 * bool 0 or 1. Every method reads its operands canonically and returns the canonical form.
 */
@NullMarked
package ai.opengradient.canon.plain;

import org.jspecify.annotations.NullMarked;
