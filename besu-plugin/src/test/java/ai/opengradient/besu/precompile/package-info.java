/** Tests of the precompile's byte core, its replay program and its benchmark. */
@NullMarked
package ai.opengradient.besu.precompile;

import org.jspecify.annotations.NullMarked;
