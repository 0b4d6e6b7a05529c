/**
 * What the worker tells: one line for people per outcome, the same as JSON for machines, and
 * metrics.
 */
@NullMarked
package ai.opengradient.worker.telemetry;

import org.jspecify.annotations.NullMarked;
