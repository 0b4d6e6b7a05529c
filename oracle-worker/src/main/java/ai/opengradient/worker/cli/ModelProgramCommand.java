package ai.opengradient.worker.cli;

import ai.opengradient.store.lowering.LoweredModel;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a model's program. */
@Command(
    name = "program",
    description =
        "Show the program that an ONNX file becomes: a line for each node, with its origin.")
final class ModelProgramCommand extends Subcommand {
  @Mixin private ModelChoice model = new ModelChoice();

  @Override
  Answer answer() {
    LoweredModel lowered = model.lower(opg());
    List<String> lines = lowered.text().lines().toList();
    return new Answer(
        new Fields()
            .with("root", lowered.program().hash())
            .with("program", lines)
            .with("origins", lowered.origins())
            .toMap(),
        lines);
  }
}
