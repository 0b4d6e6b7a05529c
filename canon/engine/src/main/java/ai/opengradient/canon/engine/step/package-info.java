/** How one node is computed, whatever its kind, and the count of how results were found. */
@NullMarked
package ai.opengradient.canon.engine.step;

import org.jspecify.annotations.NullMarked;
