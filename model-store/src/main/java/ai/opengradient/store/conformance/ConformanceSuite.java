package ai.opengradient.store.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the cases of a folder: ONNX's node tests, one folder a case. */
public final class ConformanceSuite {
  private final ProgramRunner runner;

  /**
   * @param runner computes the outputs
   */
  public ConformanceSuite(ProgramRunner runner) {
    this.runner = runner;
  }

  /**
   * Runs all cases, in the order of their names.
   *
   * @throws IOException if a file can't be read
   */
  public ConformanceReport run(Path folder) throws IOException {
    return run(folder, result -> {});
  }

  /**
   * The same, and tells of each case as soon as it is over.
   *
   * @throws IOException if a file can't be read
   */
  public ConformanceReport run(Path folder, Consumer<CaseResult> listener) throws IOException {
    List<Path> cases;
    try (Stream<Path> entries = Files.list(folder)) {
      cases =
          entries
              .filter(entry -> Files.exists(entry.resolve(ConformanceCase.MODEL)))
              .sorted()
              .toList();
    }
    List<CaseResult> results = new ArrayList<>();
    for (Path path : cases) {
      CaseResult result = new ConformanceCase(path, runner).run();
      listener.accept(result);
      results.add(result);
    }
    return new ConformanceReport(results);
  }
}
