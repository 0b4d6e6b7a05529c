package ai.opengradient.canon.published;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.published.PublishedVector.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arithmetic against the vectors in a folder that the environment variable {@code
 * OPG_FLOAT_VECTORS} names: files of {@code testfloat_gen} called by their operation, and FPgen's
 * {@code .fptest} files. {@code docs/testing.md} says how to get them.
 */
class PublishedVectorsTest {
  private static final String FOLDER = "OPG_FLOAT_VECTORS";

  @Test
  void hold() throws IOException {
    String folder = System.getenv(FOLDER);
    if (folder == null) {
      NotRun.note("vectors of TestFloat and FPgen", "no folder is named by " + FOLDER);
      return;
    }
    long compared = 0;
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        compared += hold(file);
      }
    }
    assertThat(compared).as("vectors in %s", folder).isPositive();
  }

  private static long hold(Path file) throws IOException {
    String name = file.getFileName().toString();
    Optional<Operation> operation = TestFloat.operation(name);
    if (operation.isPresent()) {
      return hold(file, line -> TestFloat.read(operation.get(), line));
    }
    return name.endsWith(".fptest") ? hold(file, FPgen::read) : 0;
  }

  private static long hold(Path file, Function<String, Optional<PublishedVector>> reader)
      throws IOException {
    long compared = 0;
    long lines = 0;
    try (Stream<String> all = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      for (String line : (Iterable<String>) all::iterator) {
        lines++;
        Optional<PublishedVector> vector =
            reader.apply(line).filter(read -> !read.dividesByNegativeZero());
        if (vector.isPresent()) {
          compared++;
          if (!vector.get().holds()) {
            throw new AssertionError(
                "%s: %s: ours is %x".formatted(file, line, vector.get().ours()));
          }
        }
      }
    }
    System.out.printf("%s: %,d of %,d lines compared%n", file.getFileName(), compared, lines);
    return compared;
  }
}
