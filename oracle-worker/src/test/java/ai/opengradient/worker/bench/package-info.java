/** Measurements, each a program of its own: the bench script runs them. */
@NullMarked
package ai.opengradient.worker.bench;

import org.jspecify.annotations.NullMarked;
