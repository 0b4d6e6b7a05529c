package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Band;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.calibration.Calibration;
import ai.opengradient.worker.calibration.Calibration.Conviction;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.error.ExitCode;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.OptimisationLevel;
import ai.opengradient.worker.inference.ProgramSummary;
import ai.opengradient.worker.inference.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Proposes a model's bands and tells what they convict. */
@Command(
    name = "calibrate",
    description = {
      "Measure how far stock engines deviate, propose each output's band, and show what it convicts.",
      "Fails where the band that is needed lets a degraded model pass on most samples."
    })
final class ModelCalibrateCommand extends Subcommand {
  private static final String COMMAND = "opg model calibrate";

  @Mixin private ModelChoice model = new ModelChoice();
  @Mixin private EngineChoice engines = new EngineChoice();
  @Mixin private SampleChoice samples = new SampleChoice();

  @Override
  Answer answer() throws InferenceException {
    Path file = model.path(opg());
    List<NamedTensor> wanted = model.inputs(opg());
    List<List<Tensor>> inputs = samples.samples(opg(), COMMAND, wanted);
    Shapes shapes = Shapes.of(NamedTensor.types(wanted));
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      // Several programs of one large model would not fit beside each other.
      InferenceSettings settings = engines.settings(folder.path()).withCachedModels(1);
      try (CanonicalProcess canonical = CanonicalProcess.whenNeeded(settings)) {
        ProgramSummary program = canonical.lower(file, shapes, Degradation.NONE);
        Calibration calibration = measure(file, inputs, shapes, canonical, settings);
        List<Band> bands = calibration.bands();
        List<Conviction> convictions = new ArrayList<>();
        for (Degradation degradation : Degradation.values()) {
          if (degradation == Degradation.NONE) {
            continue;
          }
          // What has nothing to degrade is the model itself.
          if (canonical.lower(file, shapes, degradation).root().equals(program.root())) {
            opg().progress(degradation.title() + " does not apply: there is nothing to degrade");
          } else {
            opg().progress("judging " + degradation.title());
            convictions.add(
                calibration.judge(
                    degradation, answers(canonical, file, shapes, degradation, inputs), bands));
          }
        }
        return answer(
            model.outputNames(opg(), bands.size()), program, inputs.size(), bands, convictions);
      }
    }
  }

  private Calibration measure(
      Path file,
      List<List<Tensor>> inputs,
      Shapes shapes,
      CanonicalProcess canonical,
      InferenceSettings settings)
      throws InferenceException {
    List<List<Tensor>> exact = answers(canonical, file, shapes, Degradation.NONE, inputs);
    List<Calibration.Sample> measured = new ArrayList<>();
    try (InferenceProcess fastest =
            InferenceProcess.start(settings.withOptimisation(OptimisationLevel.ALL));
        InferenceProcess plainest =
            InferenceProcess.start(
                settings.withOptimisation(OptimisationLevel.NONE).withThreads(1))) {
      for (int sample = 0; sample < inputs.size(); sample++) {
        opg().progress("sample " + (sample + 1) + " of " + inputs.size());
        List<Tensor> input = inputs.get(sample);
        measured.add(
            new Calibration.Sample(
                exact.get(sample), List.of(fastest.run(file, input), plainest.run(file, input))));
      }
    }
    return new Calibration(measured);
  }

  private static List<List<Tensor>> answers(
      CanonicalProcess canonical,
      Path file,
      Shapes shapes,
      Degradation degradation,
      List<List<Tensor>> inputs)
      throws InferenceException {
    List<List<Tensor>> answers = new ArrayList<>();
    for (List<Tensor> input : inputs) {
      answers.add(canonical.run(file, shapes, degradation, input));
    }
    return answers;
  }

  private static Answer answer(
      List<String> names,
      ProgramSummary program,
      int samples,
      List<Band> bands,
      List<Conviction> convictions) {
    List<String> lines = new ArrayList<>();
    List<Fields> bandFields = new ArrayList<>();
    for (int output = 0; output < bands.size(); output++) {
      Band band = bands.get(output);
      lines.add(
          names.get(output)
              + (band.isExact()
                  ? ": exact"
                  : ": --band "
                      + names.get(output)
                      + "="
                      + band.absolute()
                      + ","
                      + band.relative()));
      bandFields.add(
          new Fields()
              .with("output", names.get(output))
              .with("absolute", band.absolute())
              .with("relative", band.relative()));
    }
    if (program.discontinuous()) {
      lines.add("The model is discontinuous: workers answer it by the canonical engine.");
    }
    Table table = new Table("degradation", "convicted", "");
    List<Fields> convictionFields = new ArrayList<>();
    for (Conviction conviction : convictions) {
      table.row(
          conviction.degradation().title(),
          conviction.convicted() + " of " + conviction.samples(),
          conviction.isMissed() ? "MISSED" : "");
      convictionFields.add(
          new Fields()
              .with("degradation", conviction.degradation().title())
              .with("convicted", conviction.convicted())
              .with("samples", conviction.samples())
              .with("missed", conviction.isMissed()));
    }
    lines.addAll(table.lines());
    boolean isMissed = convictions.stream().anyMatch(Conviction::isMissed);
    if (isMissed) {
      lines.add(
          "The band that is needed lets a degraded model pass: publish exact, or another model.");
    }
    return new Answer(
        new Fields()
            .with("samples", samples)
            .with("discontinuous", program.discontinuous())
            .with("bands", bandFields)
            .with("convictions", convictionFields)
            .toMap(),
        lines,
        isMissed ? ExitCode.FAILED : ExitCode.OK);
  }
}
