package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.calibration.Deviation;
import ai.opengradient.worker.calibration.DeviationPicture;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.OptimisationLevel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells how far ONNX Runtime's answers lie from the canonical ones. */
@Command(
    name = "compare",
    description = {
      "Compare ONNX Runtime's answers with the canonical ones.",
      "Deviations are relative to the greatest magnitude of a sample's output."
    })
final class ModelCompareCommand extends Subcommand {
  @Mixin private ModelChoice model = new ModelChoice();
  @Mixin private EngineChoice engines = new EngineChoice();
  @Mixin private SampleChoice samples = new SampleChoice();

  @Option(
      names = "--optimisation",
      description = "How far ONNX Runtime rewrites the graph: ${COMPLETION-CANDIDATES}.")
  private OptimisationLevel optimisation = OptimisationLevel.ALL;

  @Option(names = "--picture", paramLabel = "FILE", description = "Draw the deviations as SVG.")
  private @Nullable Path picture;

  @Override
  Answer answer() throws InferenceException {
    Path file = model.path(opg());
    List<NamedTensor> wanted = model.inputs(opg());
    List<List<Tensor>> inputs = samples.samples(opg(), "opg model compare", wanted);
    List<List<Deviation>> compared = new ArrayList<>();
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      InferenceSettings settings = engines.settings(folder.path());
      try (CanonicalProcess canonical = CanonicalProcess.whenNeeded(settings);
          InferenceProcess stock =
              InferenceProcess.start(settings.withOptimisation(optimisation))) {
        for (List<Tensor> sample : inputs) {
          List<Tensor> exact = canonical.run(file, sample);
          List<Tensor> claimed = stock.run(file, sample);
          List<Deviation> deviations = new ArrayList<>();
          for (int output = 0; output < exact.size(); output++) {
            deviations.add(Deviation.of(claimed.get(output), exact.get(output)));
          }
          compared.add(deviations);
          opg().progress("sample " + compared.size() + " of " + inputs.size());
        }
      }
    }
    SequencedMap<String, Deviation> outputs = new LinkedHashMap<>();
    List<String> names = model.outputNames(opg(), compared.getFirst().size());
    for (int output = 0; output < names.size(); output++) {
      int position = output;
      outputs.put(
          names.get(output),
          Deviation.of(compared.stream().map(sample -> sample.get(position)).toList()));
    }
    if (picture != null) {
      String title =
          file.getFileName() + ": ONNX Runtime against canonical, samples: " + inputs.size();
      opg().write(picture, DeviationPicture.of(title, outputs).getBytes(StandardCharsets.UTF_8));
    }
    return answer(inputs.size(), outputs);
  }

  private static Answer answer(int samples, SequencedMap<String, Deviation> outputs) {
    Table table =
        new Table("output", "median", "90 %", "99 %", "max", "not finite", "ULP: 0, 1, 2, 4, …");
    List<Fields> fields = new ArrayList<>();
    outputs.forEach((name, deviation) -> {
      long[] histogram = deviation.histogram();
      table.row(
          name,
          text(deviation.percentile(50)),
          text(deviation.percentile(90)),
          text(deviation.percentile(99)),
          text(deviation.greatest()),
          deviation.apart(),
          Arrays.toString(histogram));
      fields.add(
          new Fields()
              .with("output", name)
              .with("median", deviation.percentile(50))
              .with("p90", deviation.percentile(90))
              .with("p99", deviation.percentile(99))
              .with("max", deviation.percentile(100))
              .with("apart", deviation.apart())
              .with("ulps", Arrays.stream(histogram).boxed().toList()));
    });
    return new Answer(
        new Fields().with("samples", samples).with("outputs", fields).toMap(), table.lines());
  }

  private static String text(double number) {
    return number == 0 ? "0" : String.format(Locale.ROOT, "%.2e", number);
  }
}
