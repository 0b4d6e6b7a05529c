/**
 * Index maps compiled for walking: which element of an operand belongs to a point of a space, and
 * along an axis to a run of points.
 *
 * <p>A point's coordinates are those of the element and, in a fold, of the term. All forms in
 * coordinates are sums modulo 2^64; where the canon promises that a sum fits 64 bits, it is exact.
 */
@NullMarked
package ai.opengradient.canon.engine.access;

import org.jspecify.annotations.NullMarked;
