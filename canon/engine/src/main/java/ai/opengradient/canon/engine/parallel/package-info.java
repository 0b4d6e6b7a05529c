/** Threads that share the work of one loop. */
@NullMarked
package ai.opengradient.canon.engine.parallel;

import org.jspecify.annotations.NullMarked;
