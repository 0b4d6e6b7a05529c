package ai.opengradient.worker.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.worker.app.WorkerApplication;
import ai.opengradient.worker.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever installs a worker gets nothing that lies. */
final class DemoIsNotPackagedTest {
  private static final Path SOURCES = Repository.root().resolve("oracle-worker/src/demo/java");

  @Test
  void who_lies_is_compiled_with_the_tests_alone() throws Exception {
    Path packaged = placeOf(WorkerApplication.class);
    List<String> classes = demoClasses();
    assertThat(classes).contains("ai.opengradient.worker.demo.LyingWorker");
    for (String name : classes) {
      assertThat(placeOf(Class.forName(name))).as(name).isNotEqualTo(packaged);
      assertThat(packaged.resolve(name.replace('.', '/') + ".class")).doesNotExist();
    }
  }

  private static Path placeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> demoClasses() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .map(file -> SOURCES.relativize(file).toString())
          .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
          .map(file -> file.substring(0, file.length() - ".java".length()).replace('/', '.'))
          .toList();
    }
  }
}
