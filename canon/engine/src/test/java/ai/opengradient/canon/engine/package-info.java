/** The engine against {@code canon/core}, bit by bit. */
@NullMarked
package ai.opengradient.canon.engine;

import org.jspecify.annotations.NullMarked;
