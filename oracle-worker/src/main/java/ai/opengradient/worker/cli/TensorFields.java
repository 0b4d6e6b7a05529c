package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.tensorfile.JsonTensor;
import java.util.List;

/** Tensors, for programs. */
final class TensorFields {
  private TensorFields() {}

  /** Of tensors with their elements: type, shape, value. */
  static List<Fields> ofValues(List<Tensor> tensors) {
    return tensors.stream()
        .map(tensor ->
            new Fields()
                .with("type", tensor.type().dataType().label())
                .with("shape", tensor.type().shape())
                .with("value", JsonTensor.write(tensor)))
        .toList();
  }

  static List<Fields> of(List<NamedTensor> tensors) {
    return tensors.stream()
        .map(tensor ->
            new Fields()
                .with("name", tensor.name())
                .with("type", tensor.type().dataType().label())
                .with("shape", tensor.type().shape()))
        .toList();
  }
}
