package ai.opengradient.worker.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains what a process prints and keeps the end of it: there a dying JVM and the C++ library say
 * why.
 */
final class LastWords {
  private static final int KEPT = 4 << 10;

  private final StringBuilder kept = new StringBuilder();
  private final Thread reader;

  private LastWords(InputStream output) {
    // A virtual thread would hold its carrier while it reads a pipe: two children would take both
    // of a machine with two processors, for ever.
    reader = Thread.ofPlatform().daemon().name("last words").unstarted(() -> drain(output));
  }

  static LastWords of(InputStream output) {
    LastWords words = new LastWords(output);
    words.reader.start();
    return words;
  }

  /** All that was kept, once the process has closed its output. */
  String read() {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return soFar();
  }

  /** What was kept up to now. */
  synchronized String soFar() {
    return kept.toString().strip();
  }

  private void drain(InputStream output) {
    byte[] chunk = new byte[KEPT];
    try {
      for (int length = output.read(chunk); length >= 0; length = output.read(chunk)) {
        keep(new String(chunk, 0, length, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      keep(e.toString());
    }
  }

  private synchronized void keep(String text) {
    kept.append(text);
    kept.delete(0, Math.max(0, kept.length() - KEPT));
  }
}
