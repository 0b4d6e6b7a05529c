package ai.opengradient.worker.cli;

import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.court.Subject;
import ai.opengradient.worker.court.Subjects;
import ai.opengradient.worker.dispute.Comparison;
import ai.opengradient.worker.dispute.Difference;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds out whether there is reason to challenge a claim, and sends nothing. */
@Command(
    name = "dry-run",
    description = {
      "Compute a job's canonical answer and tell whether a watcher would dispute the claim.",
      "Nothing is sent."
    })
final class DisputeDryRunCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Mixin private EngineChoice engines = new EngineChoice();

  @Override
  Answer answer() throws InferenceException, IOException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain());
        ContentAccess content = ContentAccess.open(configuration.store());
        TemporaryFolder temporary = TemporaryFolder.make();
        CanonicalProcess canonical =
            CanonicalProcess.whenNeeded(engines.settings(temporary.path()))) {
      JobView view = JobView.read(chain.market(), id);
      if (!view.isAnswered()) {
        throw new OpgException(ErrorCode.JOB_WITHOUT_ANSWER, "job " + id + " has no claim");
      }
      Subject subject =
          new Subjects(chain.market(), chain.models(), content.fetch()).of(view.job());
      LoweredModel model = lower(subject);
      Optional<Difference> difference =
          Comparison.first(
              model.program().outputs(),
              subject.tensors().claims(),
              canonical.run(subject.model(), subject.inputs()).stream()
                  .map(WholeTensor::of)
                  .toList(),
              subject.bands());
      return answer(difference.map(found -> found.text(model.origins())), difference);
    }
  }

  /** The file is known to be the version's; that it is the program, too, is seen here. */
  private static LoweredModel lower(Subject subject) throws IOException {
    if (!subject.binding().isDisputable()) {
      throw new OpgException(
          ErrorCode.NO_PROGRAM, "version " + subject.job().version() + " has none");
    }
    OnnxFile file = OnnxFile.read(subject.model());
    LoweredModel model =
        Lowering.lower(file, Binding.ofShapes(file.bytes(), subject.binding().inputs(), Map.of()));
    if (!model.program().hash().equals(subject.binding().programRoot())) {
      throw new OpgException(
          ErrorCode.PROGRAM_MISMATCH,
          "the file's program is "
              + model.program().hash()
              + ", but the registered one is "
              + subject.binding().programRoot());
    }
    return model;
  }

  private Answer answer(Optional<String> text, Optional<Difference> difference) {
    return new Answer(
        new Fields()
            .with("job", id)
            .with("dispute", text.isPresent())
            .with("output", difference.map(Difference::output).orElse(null))
            .with("node", difference.map(Difference::node).orElse(null))
            .with("element", difference.map(DisputeDryRunCommand::element).orElse(null))
            .with("text", text.orElse(null))
            .toMap(),
        List.of(
            text.map(found -> "would dispute: " + found)
                .orElse("would not dispute: every element is within its band")));
  }

  private static int element(Difference difference) {
    return switch (difference) {
      case Difference.InElement wrong -> wrong.element();
      case Difference.InType _ -> 0;
    };
  }
}
