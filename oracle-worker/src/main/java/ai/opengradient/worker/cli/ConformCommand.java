package ai.opengradient.worker.cli;

import ai.opengradient.store.conformance.ConformanceReport;
import ai.opengradient.store.conformance.ConformanceSuite;
import ai.opengradient.worker.error.ExitCode;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs ONNX's own tests through the canonical engine. */
@Command(
    name = "conform",
    description = {
      "Run a folder laid out like ONNX's backend tests through the canonical engine.",
      "A case is in scope if all that goes in and comes out has a type of the protocol."
    })
final class ConformCommand extends Subcommand {
  @Parameters(
      paramLabel = "DIR",
      description = "A folder for each case: model.onnx and test_data_set_N.")
  private Path folder = Path.of("");

  @Mixin private EngineChoice engines = new EngineChoice();

  @Override
  Answer answer() throws IOException, InferenceException {
    try (TemporaryFolder temporary = TemporaryFolder.make();
        CanonicalProcess canonical = CanonicalProcess.start(engines.settings(temporary.path()))) {
      Path cases = opg().surroundings().folder().resolve(folder);
      ConformanceReport report =
          new ConformanceSuite(new EngineRunner(canonical)).run(cases);
      return new Answer(
          new Fields().toMap(), report.text().lines().toList(), ExitCode.OK);
    }
  }
}
