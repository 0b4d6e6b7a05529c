package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.engine.TraceFile;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace that a child leaves on disk, against the plain evaluation in this process. */
final class TraceProcessTest {
  private static final Path MODEL = TestModels.TRAINED.resolve("volatility.onnx");
  private static final Tensor INPUT = Tensor.ofFloats(new float[32], 1, 32);

  @TempDir private Path folder;

  @Test
  void program_weights_and_tensors_are_those_of_the_model() throws Exception {
    LoweredModel model = Lowering.lower(Files.readAllBytes(MODEL), Binding.NONE);
    Trace right =
        Trace.of(
            model.program(),
            new GivenTensors(List.of(WholeTensor.of(INPUT)), model.weights(), List.of()));
    Path file = folder.resolve("job.trace");
    Hash root = trace(file);

    assertThat(root).isEqualTo(model.program().hash());
    ProgramFiles.Content content = ProgramFiles.in(folder, root).read();
    assertThat(content.program()).isEqualTo(model.program());
    assertThat(content.weights()).isEqualTo(model.weights());
    try (TraceFile traced = TraceFile.open(file, content.program())) {
      int output = model.program().outputs().getFirst();
      assertThat(traced.tensor(output)).isEqualTo(right.tensors().get(output).orElseThrow());
    }
  }

  @Test
  void damaged_files_are_not_taken_and_made_anew() throws Exception {
    Path file = folder.resolve("job.trace");
    Hash root = trace(file);
    ProgramFiles files = ProgramFiles.in(folder, root);
    for (String name : List.of(root + ".program", root + ".weights")) {
      Path damaged = folder.resolve(name);
      Files.write(damaged, new byte[] {0, 0, 0, 1, 2});
      assertThatThrownBy(files::read).isInstanceOf(IOException.class);
      files.delete();
      trace(file);
      assertThat(files.read().program().hash()).isEqualTo(root);
    }
  }

  private Hash trace(Path file) throws Exception {
    InferenceSettings settings =
        InferenceSettings.standard(folder.resolve("inference")).withThreads(1);
    try (CanonicalProcess process = CanonicalProcess.whenNeeded(settings)) {
      return process.trace(MODEL, List.of(INPUT), folder, file);
    }
  }
}
