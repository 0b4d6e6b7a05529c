package ai.opengradient.worker.cli;

import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.TensorSignature;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that name a model file and bind what it leaves open. */
final class ModelChoice {
  @Parameters(paramLabel = "FILE", description = "The ONNX file.")
  private Path file = Path.of("");

  @Option(
      names = "--bind",
      paramLabel = "NAME=SIZE",
      description = "A size for a dimension that the file leaves open.")
  private Map<String, Integer> sizes = new LinkedHashMap<>();

  Path path(Opg opg) {
    return opg.existing(file);
  }

  /** What a job gives. */
  List<NamedTensor> inputs(Opg opg) {
    return OnnxReader.read(path(opg)).bindInputs(sizes);
  }

  /**
   * What the answers are called: by the file, or, where it lists outputs without elements besides,
   * by position.
   *
   * @param answers how many the model gives
   */
  List<String> outputNames(Opg opg, int answers) {
    List<TensorSignature> outputs = OnnxReader.read(path(opg)).outputs();
    return outputs.size() == answers
        ? outputs.stream().map(TensorSignature::name).toList()
        : InputNames.positions(answers);
  }

  /** The model as a program. */
  LoweredModel lower(Opg opg) {
    Path path = path(opg);
    try {
      return Lowering.lower(OnnxFile.read(path), Binding.ofSizes(sizes));
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, path + " can't be read", e);
    }
  }
}
