/**
 * How far stock engines lie from the canonical answer, which band that asks for, and what the band
 * convicts. Who reads this for the first time begins with {@link
 * ai.opengradient.worker.calibration.Degradation} and {@link
 * ai.opengradient.worker.calibration.Deviation}.
 */
@NullMarked
package ai.opengradient.worker.calibration;

import org.jspecify.annotations.NullMarked;
