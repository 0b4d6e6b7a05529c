package ai.opengradient.worker.cli;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.conformance.CaseResult;
import ai.opengradient.store.conformance.CaseResult.Outcome;
import ai.opengradient.store.conformance.ConformanceReport;
import ai.opengradient.store.conformance.ConformanceSuite;
import ai.opengradient.store.conformance.CoveragePage;
import ai.opengradient.store.conformance.ProgramRunner;
import ai.opengradient.store.conformance.Tally;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ExitCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs ONNX's own tests through the canonical engine. */
@Command(
    name = "conform",
    description = {
      "Run a folder laid out like ONNX's backend tests through the canonical engine.",
      "A case is in scope if all that goes in and comes out has an element type of the protocol."
    })
final class ConformCommand extends Subcommand {
  private static final int STEP = 100;

  @Parameters(
      paramLabel = "DIR",
      description = "A folder for each case: model.onnx and test_data_set_N.")
  private Path folder = Path.of("");

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write what is covered as a page in Markdown.")
  private @Nullable Path page;

  @Mixin private EngineChoice engines = new EngineChoice();

  @Override
  Answer answer() throws IOException, InferenceException {
    Path cases = opg().surroundings().folder().resolve(folder);
    if (!Files.isDirectory(cases)) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, cases + " is not a folder");
    }
    try (TemporaryFolder temporary = TemporaryFolder.make();
        CanonicalProcess canonical =
            CanonicalProcess.whenNeeded(engines.settings(temporary.path()))) {
      List<CaseResult> done = new ArrayList<>();
      ConformanceReport report =
          new ConformanceSuite(runner(canonical))
              .run(
                  cases,
                  result -> {
                    done.add(result);
                    if (done.size() % STEP == 0) {
                      opg().progress(done.size() + " cases");
                    }
                  });
      if (page != null) {
        opg().write(page, CoveragePage.of(report).getBytes(StandardCharsets.UTF_8));
      }
      return answer(report);
    }
  }

  private static ProgramRunner runner(CanonicalProcess canonical) {
    return (file, bound, model, inputs) -> {
      try {
        return run(canonical, file, bound, model, inputs);
      } catch (InferenceException e) {
        throw new ProgramRunner.RunFailed(e);
      }
    };
  }

  private static List<WholeTensor> run(
      CanonicalProcess canonical,
      Path file,
      Map<String, GraphTensor> bound,
      LoweredModel model,
      List<WholeTensor> inputs)
      throws InferenceException {
    List<TensorType> types = NamedTensor.types(model.inputs());
    List<Tensor> tensors = new ArrayList<>();
    for (int input = 0; input < types.size(); input++) {
      tensors.add(new Tensor(types.get(input), inputs.get(input).data()));
    }
    return canonical.run(file, new Shapes(types, bound), Degradation.NONE, tensors).stream()
        .map(WholeTensor::of)
        .toList();
  }

  private static Answer answer(ConformanceReport report) {
    Tally operators = report.operators();
    Tally bodies = report.functionBodies();
    Table table = new Table("operator", "in scope", "passed", "bound", "refused", "failed");
    List<Fields> byOperator = new ArrayList<>();
    report
        .byOperator()
        .forEach((operator, tally) -> {
          row(table, operator, tally);
          byOperator.add(fields(tally).with("operator", operator));
        });
    row(table, "all operators", operators);
    row(table, "function bodies", bodies);
    List<String> lines = new ArrayList<>(table.lines());
    List<Fields> others = new ArrayList<>();
    for (CaseResult result : report.results()) {
      String why =
          switch (result.outcome()) {
            case Outcome.Failed failed -> "FAILED " + failed.why();
            case Outcome.Refused refused -> "refused " + refused.why();
            case Outcome.Passed _, Outcome.OutOfScope _ -> "";
          };
      if (!why.isEmpty()) {
        lines.add(result.name() + ": " + why);
        others.add(new Fields().with("case", result.name()).with("why", why));
      }
    }
    boolean isWhole = operators.failed() + bodies.failed() == 0;
    return new Answer(
        fields(operators)
            .with("expanded", fields(bodies))
            .with("byOperator", byOperator)
            .with("notPassed", others)
            .toMap(),
        lines,
        isWhole ? ExitCode.OK : ExitCode.FAILED);
  }

  private static void row(Table table, String what, Tally tally) {
    table.row(
        what, tally.inScope(), tally.passed(), tally.bound(), tally.refused(), tally.failed());
  }

  private static Fields fields(Tally tally) {
    return new Fields()
        .with("inScope", tally.inScope())
        .with("passed", tally.passed())
        .with("bound", tally.bound())
        .with("refused", tally.refused())
        .with("failed", tally.failed());
  }
}
