package ai.opengradient.worker.cli;

import ai.opengradient.store.onnx.DataFile;
import ai.opengradient.store.onnx.Dimension;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.OnnxSummary;
import ai.opengradient.store.onnx.TensorSignature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what an ONNX file holds, without running it. */
@Command(name = "inspect", description = "Tell what an ONNX file holds, without running it.")
final class ModelInspectCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "The ONNX file.")
  private Path file = Path.of("");

  @Override
  Answer answer() {
    OnnxSummary summary = OnnxReader.read(opg().existing(file));
    List<String> lines = new ArrayList<>();
    lines.add("IR version " + summary.irVersion() + ", operator sets " + summary.opsets());
    lines.add("Written by " + (summary.producer().isEmpty() ? "unknown" : summary.producer()));
    lines.add(summary.parameters() + " parameters");
    summary.inputs().forEach(input -> lines.add("  in  " + text(input)));
    summary.outputs().forEach(output -> lines.add("  out " + text(output)));
    summary
        .dataFiles()
        .forEach(data -> lines.add("Data in " + data.name() + ", " + data.used() + " bytes"));
    if (!summary.openDimensions().isEmpty()) {
      lines.add("Dimensions to bind: " + String.join(", ", summary.openDimensions()));
    }
    lines.add(
        "Operators: "
            + summary.operators().entrySet().stream()
                .map(operator -> operator.getKey() + " " + operator.getValue())
                .collect(Collectors.joining(", ")));
    return new Answer(
        new Fields()
            .with("irVersion", summary.irVersion())
            .with("opsets", summary.opsets())
            .with("producer", summary.producer())
            .with("parameters", summary.parameters())
            .with("dataFiles", summary.dataFiles().stream().map(DataFile::name).toList())
            .with("inputs", summary.inputs().stream().map(ModelInspectCommand::fields).toList())
            .with("outputs", summary.outputs().stream().map(ModelInspectCommand::fields).toList())
            .with("openDimensions", summary.openDimensions())
            .with("operators", summary.operators())
            .toMap(),
        lines);
  }

  private static String text(TensorSignature tensor) {
    return tensor.name()
        + " "
        + tensor.dataType().label()
        + tensor.shape().stream()
            .map(Dimension::toString)
            .collect(Collectors.joining(",", "[", "]"));
  }

  private static Fields fields(TensorSignature tensor) {
    return new Fields()
        .with("name", tensor.name())
        .with("type", tensor.dataType().label())
        .with(
            "shape",
            tensor.shape().stream()
                .map(dimension ->
                    switch (dimension) {
                      case Dimension.Fixed fixed -> (Object) fixed.size();
                      case Dimension.Symbolic symbolic -> symbolic.name();
                    })
                .toList());
  }
}
