package ai.opengradient.worker.inference;

import java.util.List;

/** How ONNX Runtime, the C++ library and the JVM say that there was no more memory. */
final class MemoryExhaustion {
  private static final List<String> WORDS =
      List.of(
          "bad_alloc",
          "bad allocation",
          "Failed to allocate memory",
          "OutOfMemoryError",
          "insufficient memory for the Java Runtime",
          "Cannot allocate memory");

  private MemoryExhaustion() {}

  static boolean isToldBy(String text) {
    return WORDS.stream().anyMatch(text::contains);
  }
}
