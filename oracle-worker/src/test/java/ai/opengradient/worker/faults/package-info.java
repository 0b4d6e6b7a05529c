/** Things between the worker and the world that fail by chance, the same chance for each seed. */
@NullMarked
package ai.opengradient.worker.faults;

import org.jspecify.annotations.NullMarked;
