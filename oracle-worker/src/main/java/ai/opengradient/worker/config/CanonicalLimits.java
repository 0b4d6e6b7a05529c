package ai.opengradient.worker.config;

import java.time.Duration;

/**
 * What the canonical engine may use.
 *
 * @param time of one run, with lowering the model
 * @param memory bytes of the whole process
 * @param threads that it computes with
 * @param guard how often it checks stock answers
 */
public record CanonicalLimits(Duration time, long memory, int threads, GuardPolicy guard) {}
