package ai.opengradient.worker.inference;

/**
 * What computed an answer: ONNX Runtime's bits depend on all of it, so that a claim records it.
 *
 * @param onnxRuntimeVersion version of the native library that runs, for example {@code 1.29.0}
 * @param djlVersion version of DJL, for example {@code 0.38.0}
 * @param provider ONNX Runtime's execution provider, for example {@code CPUExecutionProvider}
 * @param threads threads that share the work of one operator
 * @param optimisation how far graphs are rewritten before they run
 * @param operatingSystem name, version and architecture
 * @param processor the processor's model name, or the architecture where the system does not tell
 */
public record Profile(
    String onnxRuntimeVersion,
    String djlVersion,
    String provider,
    int threads,
    OptimisationLevel optimisation,
    String operatingSystem,
    String processor) {}
