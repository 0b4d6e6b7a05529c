package ai.opengradient.worker.bench;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.Domain;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.calibration.SampleInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file as a program, and inputs that its kind expects. */
final class BenchedModel {
  private static final long SEED = 1;

  /** Where numbers of tokens are read, and the greatest one. */
  private static final String TOKENS = "input_ids";

  private static final int LAST_TOKEN = 30_521;

  private BenchedModel() {}

  static LoweredModel lowered(Path file) throws IOException {
    return Lowering.lower(Files.readAllBytes(file), Binding.NONE);
  }

  static List<Tensor> inputs(LoweredModel model) {
    List<TensorType> types = model.inputs().stream().map(NamedTensor::type).toList();
    List<Domain> ranges =
        model.inputs().stream()
            .map(input -> input.name().equals(TOKENS) ? new Domain(0, LAST_TOKEN) : Domain.UNSTATED)
            .toList();
    return new SampleInputs(SEED).next(types, ranges);
  }
}
