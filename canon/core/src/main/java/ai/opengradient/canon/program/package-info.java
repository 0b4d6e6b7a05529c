/**
 * Programs: a model for one choice of shapes, lowered to nodes that each define one tensor. Their
 * parts, all valid by construction; their bytes, both ways; their text; their commitment; the gas
 * of their steps. Sections 7 to 11 of {@code docs/canon.md}.
 */
@NullMarked
package ai.opengradient.canon.program;

import org.jspecify.annotations.NullMarked;
