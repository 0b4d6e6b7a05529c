/** Tests of deviations, bands and degraded models. */
@NullMarked
package ai.opengradient.worker.calibration;

import org.jspecify.annotations.NullMarked;
