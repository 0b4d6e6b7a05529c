package ai.opengradient.worker.cli;

import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lowers a model's file for the signatures that a manifest or the registry states. */
final class ModelPrograms {
  private final OnnxFile file;

  private ModelPrograms(OnnxFile file) {
    this.file = file;
  }

  static ModelPrograms read(Path path) {
    try {
      return new ModelPrograms(OnnxFile.read(path));
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, path + " can't be read", e);
    }
  }

  /**
   * The program of a binding.
   *
   * @throws ai.opengradient.store.StoreException if it can't be lowered
   * @throws OpgException 504 if it gives other outputs than are stated
   */
  Program lower(List<TensorType> inputs, List<TensorType> outputs) {
    LoweredModel model = Lowering.lower(file, Binding.ofShapes(file.bytes(), inputs, Map.of()));
    List<TensorType> given = NamedTensor.types(model.outputs());
    if (!given.equals(outputs)) {
      throw new OpgException(
          ErrorCode.SIGNATURE_WRONG, "the program gives " + given + ", stated are " + outputs);
    }
    return model.program();
  }
}
