package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StockProcessesTest {
  private static final Tensor INPUT = Tensor.ofFloats(new float[] {3}, 1);
  private static final TensorType ONE = TensorType.of(DataType.FLOAT32, 1);

  @TempDir private Path folder;

  @Test
  void aModelStaysWithItsChild() throws Exception {
    Path negative = TestModels.write(folder, "Neg", TestModels.unary("Neg", ONE, DataType.FLOAT32));
    Path same = TestModels.write(folder, "Same", TestModels.identity(ONE));
    Path third = TestModels.write(folder, "Abs", TestModels.unary("Abs", ONE, DataType.FLOAT32));
    try (StockProcesses processes =
        StockProcesses.start(InferenceSettings.standard(folder.resolve("inference")), 2)) {
      assertThat(processes.run(negative, List.of(INPUT)))
          .containsExactly(Tensor.ofFloats(new float[] {-3}, 1));
      assertThat(processes.run(same, List.of(INPUT))).containsExactly(INPUT);
      assertThat(processes.run(third, List.of(INPUT))).containsExactly(INPUT);
      long first = processes.processId(negative);
      long second = processes.processId(same);
      assertThat(first).isNotEqualTo(second);
      assertThat(processes.processId(third)).isEqualTo(first);

      ProcessHandle child = ProcessHandle.of(first).orElseThrow();
      child.destroyForcibly();
      child.onExit().join();

      assertThat(processes.run(same, List.of(INPUT))).containsExactly(INPUT);
      assertThat(processes.processId(same)).isEqualTo(second);
      assertThat(processes.run(third, List.of(INPUT))).containsExactly(INPUT);
      assertThat(processes.processId(third)).isNotEqualTo(first);
    }
  }

  @Test
  void whatCannotStartIsToldApart() {
    InferenceSettings standard = InferenceSettings.standard(folder.resolve("inference"));
    InferenceSettings settings =
        new InferenceSettings(
            folder.resolve("no-java"),
            standard.classPath(),
            standard.folder(),
            standard.memoryLimit(),
            standard.threads(),
            standard.optimisation(),
            standard.timeLimit(),
            standard.cachedModels());

    assertThatThrownBy(() -> StockProcesses.start(settings, 2))
        .isInstanceOf(InferenceException.StartFailed.class);
  }
}
