package ai.opengradient.worker.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Drains what a process prints and keeps the end of it: there a dying JVM and the C++ library say
 * why.
 */
final class LastWords {
  /** The name of the threads that read. */
  static final String THREAD = "last words";

  private static final int KEPT = 4 << 10;

  private final StringBuilder kept = new StringBuilder();
  private final Thread reader;

  private LastWords(InputStream output) {
    // A virtual thread holds its carrier while it reads a pipe. JDK 25 lends a spare one, which
    // leaves after half a minute without work and does not come back: two silent children would
    // take both carriers of a machine with two processors, and no virtual thread would ever run.
    reader = Thread.ofPlatform().daemon().name(THREAD).unstarted(() -> drain(output));
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
