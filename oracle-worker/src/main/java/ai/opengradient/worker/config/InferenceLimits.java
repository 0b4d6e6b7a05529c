package ai.opengradient.worker.config;

import java.time.Duration;

/**
 * What one run of a model may use.
 *
 * @param time from sending the inputs to the last output
 * @param memory bytes of the whole inference process
 * @param threads that ONNX Runtime computes with
 * @param processes side by side, each with these limits
 */
public record InferenceLimits(Duration time, long memory, int threads, int processes) {}
