package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Lowers a model's file for the signatures that a manifest or the registry states. */
final class ModelPrograms {
  private final byte[] file;

  private ModelPrograms(byte[] file) {
    this.file = file;
  }

  static ModelPrograms read(Path path) {
    try {
      return new ModelPrograms(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new OpgException(ErrorCode.FILE_NOT_READABLE, path + " can't be read", e);
    }
  }

  /**
   * The program of a binding.
   *
   * @throws OpgException 502 if it can't be lowered, 504 if it gives other outputs than are stated
   */
  LoweredModel lower(List<TensorType> inputs, List<TensorType> outputs) {
    LoweredModel model;
    try {
      model = Lowering.lower(file, Binding.ofShapes(file, inputs, Map.of()));
    } catch (StoreException.UnsupportedOnnx | StoreException.UnboundInputs refused) {
      throw new OpgException(
          ErrorCode.ONNX_UNSUPPORTED,
          refused.getMessage() + "; or register it --undisputable: then no court can judge it",
          refused);
    }
    List<TensorType> given = model.outputs().stream().map(NamedTensor::type).toList();
    if (!given.equals(outputs)) {
      throw new OpgException(
          ErrorCode.SIGNATURE_WRONG, "the program gives " + given + ", stated are " + outputs);
    }
    return model;
  }
}
