package ai.opengradient.store.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import ai.opengradient.store.conformance.CaseResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ONNX's node tests, where they lie beside the checkout; the test script says when they don't. */
class ConformanceTest {
  private static final Path ROOT = Path.of(System.getProperty("opg.root"));
  private static final double SHARE_PASSED = 0.93;

  @Test
  void noCaseFailsAndThePageIsUpToDate() throws IOException {
    Path cases = ROOT.resolveSibling("shared").resolve("conformance").resolve("onnx-node");
    if (!Files.isDirectory(cases)) {
      NotRun.note("ONNX's node tests", "there is no " + cases + "; unpack them there");
      return;
    }
    ConformanceReport report = new ConformanceSuite(ProgramRunner.PLAIN).run(cases);

    assertThat(failures(report)).isEmpty();
    assertThat(share(report.operators())).isGreaterThanOrEqualTo(SHARE_PASSED);
    assertThat(share(report.functionBodies())).isGreaterThanOrEqualTo(SHARE_PASSED);
    String page = CoveragePage.of(report);
    Path generated = ROOT.resolve("target").resolve("onnx-coverage.md");
    Files.createDirectories(generated.getParent());
    Files.writeString(generated, page);
    assertThat(ROOT.resolve("docs").resolve("onnx-coverage.md"))
        .as("the page; a new one lies at " + generated)
        .hasContent(page);
  }

  private static List<CaseResult> failures(ConformanceReport report) {
    return report.results().stream()
        .filter(result -> result.outcome() instanceof Outcome.Failed)
        .toList();
  }

  private static double share(Tally tally) {
    return (double) tally.passed() / tally.inScope();
  }
}
