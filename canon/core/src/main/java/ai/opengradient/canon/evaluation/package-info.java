/**
 * Computes what programs define: one element of a node from opened leaves, which is what a court
 * does; or every element, plainly, which is what the faster engine is held against. Sections 4 to 9
 * and 13 of {@code docs/canon.md}.
 */
@NullMarked
package ai.opengradient.canon.evaluation;

import org.jspecify.annotations.NullMarked;
