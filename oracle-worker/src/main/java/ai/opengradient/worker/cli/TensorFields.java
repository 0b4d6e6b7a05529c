package ai.opengradient.worker.cli;

import ai.opengradient.store.manifest.NamedTensor;
import java.util.List;

/** Names and types of tensors, for programs. */
final class TensorFields {
  private TensorFields() {}

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
