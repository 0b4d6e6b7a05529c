package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceProcess;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.tensorfile.JsonTensor;
import ai.opengradient.worker.tensorfile.TensorFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a model here. */
@Command(
    name = "run",
    description = "Run an ONNX file once, by the canonical engine or by ONNX Runtime.")
final class ModelRunCommand extends Subcommand {
  private static final int SHOWN = 200;

  /** Who computes. */
  enum EngineKind {
    CANONICAL,
    STOCK
  }

  @Mixin private ModelChoice model = new ModelChoice();
  @Mixin private EngineChoice engines = new EngineChoice();

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description =
          "An input: @file.npy, @file.json, @file.pb, @file.png, or JSON itself. Once for each.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--engine", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private EngineKind engine = EngineKind.CANONICAL;

  @Option(
      names = "--save",
      paramLabel = "FOLDER",
      description = "Write each output into this folder as 0.npy, 1.npy, …")
  private @Nullable Path save;

  @Override
  Answer answer() throws InferenceException {
    List<NamedTensor> wanted = model.inputs(opg());
    Map<String, String> given = InputArguments.parse("opg model run", inputs);
    List<Tensor> tensors = InputArguments.read(opg().surroundings().folder(), wanted, given);
    Path file = model.path(opg());
    List<Tensor> outputs;
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      InferenceSettings settings = engines.settings(folder.path());
      outputs =
          switch (engine) {
            case CANONICAL -> {
              try (CanonicalProcess process = CanonicalProcess.whenNeeded(settings)) {
                yield process.run(file, tensors);
              }
            }
            case STOCK -> {
              try (InferenceProcess process = InferenceProcess.start(settings)) {
                yield process.run(file, tensors);
              }
            }
          };
    }
    if (save != null) {
      Path folder = opg().surroundings().folder().resolve(save);
      for (int output = 0; output < outputs.size(); output++) {
        TensorFiles.write(folder.resolve(output + ".npy"), outputs.get(output));
      }
    }
    return answer(outputs);
  }

  private static Answer answer(List<Tensor> outputs) {
    return new Answer(
        new Fields().with("outputs", TensorFields.ofValues(outputs)).toMap(),
        outputs.stream().map(ModelRunCommand::line).toList());
  }

  private static String line(Tensor output) {
    String text = JsonTensor.write(output).toString();
    return output.type() + " " + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
  }
}
