package ai.opengradient.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.graph.GraphTensor;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.worker.calibration.Degradation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canonical answers of a child, against the plain evaluation in this process. */
final class CanonicalProcessTest {
  @TempDir private static Path folder;
  private static CanonicalProcess process;

  @BeforeAll
  static void start() {
    process = CanonicalProcess.whenNeeded(InferenceSettings.standard(folder).withThreads(2));
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  @Test
  void startsWithTheFirstQuestion() throws Exception {
    try (CanonicalProcess idle = CanonicalProcess.whenNeeded(InferenceSettings.standard(folder))) {
      assertThat(idle.processId()).isZero();
      idle.run(doubled(), List.of(Tensor.ofFloats(new float[] {1}, 1)));
      assertThat(ProcessHandle.of(idle.processId())).isPresent();
    }
  }

  private static Path doubled() throws IOException {
    return TestModels.write(folder, "negative", TestModels.unary("Neg", one(), DataType.FLOAT32));
  }

  private static TensorType one() {
    return TensorType.of(DataType.FLOAT32, 1);
  }

  @Test
  void givesTheBitsOfThePlainEvaluation() throws Exception {
    Path model = TestModels.TRAINED.resolve("digits.onnx");
    byte[] pixels = new byte[16 * 16];
    new Random(3).nextBytes(pixels);
    Tensor input = Tensor.of(TensorType.of(DataType.UINT8, 1, 1, 16, 16), pixels);
    LoweredModel lowered = Lowering.lower(Files.readAllBytes(model), Binding.NONE);
    Trace trace =
        Trace.of(
            lowered.program(),
            new GivenTensors(List.of(WholeTensor.of(input)), lowered.weights(), List.of()));

    List<Tensor> outputs = process.run(model, List.of(input));

    assertThat(outputs.stream().map(WholeTensor::of).toList())
        .isEqualTo(
            lowered.program().outputs().stream()
                .map(output -> trace.tensors().get(output).orElseThrow())
                .toList());
    ProgramSummary summary =
        process.lower(model, CanonicalProcess.shapesOf(List.of(input)), Degradation.NONE);
    assertThat(summary.root()).isEqualTo(lowered.program().hash());
    assertThat(summary.discontinuous()).isFalse();
    assertThat(summary.outputs()).containsExactly(TensorType.of(DataType.FLOAT32, 1, 10));
  }

  @Test
  void degradesWhatItIsAskedTo() throws Exception {
    Path model = TestModels.TRAINED.resolve("volatility.onnx");
    Tensor input = Tensor.ofFloats(new float[32], 1, 32);
    Shapes shapes = CanonicalProcess.shapesOf(List.of(input));

    assertThat(process.lower(model, shapes, Degradation.FLIPPED_WEIGHT).root())
        .isNotEqualTo(process.lower(model, shapes, Degradation.NONE).root());
  }

  @Test
  void outputsWithoutElementsAreNoPartOfTheAnswer() throws Exception {
    Path model = TestModels.write(folder, "emptySlice", TestModels.emptySlice());
    List<Tensor> inputs = List.of(Tensor.ofFloats(new float[] {1, 2}, 2));

    List<Tensor> answer = process.run(model, inputs);

    assertThat(answer).containsExactly(Tensor.ofFloats(new float[] {-1, -2}, 2));
    try (InferenceProcess stock = InferenceProcess.start(InferenceSettings.standard(folder))) {
      assertThat(stock.run(model, inputs)).isEqualTo(answer);
    }
  }

  @Test
  void fixedInputsMayHaveNoElements() throws Exception {
    Path model = TestModels.write(folder, "squeeze", TestModels.squeeze());
    GraphTensor axes = new GraphTensor(DataType.INT64, List.of(0), ByteBuffer.allocate(0));
    Tensor input = Tensor.ofFloats(new float[] {1, 2}, 1, 2);

    List<Tensor> outputs =
        process.run(
            model,
            new Shapes(List.of(input.type()), Map.of("axes", axes)),
            Degradation.NONE,
            List.of(input));

    assertThat(outputs.getFirst().floats()).containsExactly(1, 2);
  }

  @Test
  void refusesWhatCannotBeLowered() throws Exception {
    Path noise =
        TestModels.write(
            folder, "noise", TestModels.unary("RandomNormalLike", one(), DataType.FLOAT32));
    Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
    List<Tensor> input = List.of(Tensor.ofFloats(new float[] {1}, 1));

    assertThatThrownBy(() -> process.run(noise, input))
        .isInstanceOf(InferenceException.ModelRejected.class)
        .hasMessageContaining("RandomNormalLike");
    assertThatThrownBy(() -> process.run(broken, input))
        .isInstanceOf(InferenceException.ModelRejected.class);
    assertThatThrownBy(() -> process.run(folder.resolve("none.onnx"), input))
        .isInstanceOf(InferenceException.ModelRejected.class);
    assertThatThrownBy(() -> process.run(doubled(), List.of()))
        .isInstanceOf(InferenceException.class);
    assertThat(process.run(doubled(), input).getFirst().floats()).containsExactly(-1);
  }

  @Test
  void endsARunThatTakesTooLongOrTooMuch() throws Exception {
    Path endless = TestModels.write(folder, "endless", TestModels.outerProduct(2048, 500));
    List<Tensor> inputs =
        List.of(
            Tensor.ofFloats(new float[2048], 2048, 1), Tensor.ofFloats(new float[2048], 1, 2048));
    InferenceSettings settings = InferenceSettings.standard(folder).withThreads(1);
    try (CanonicalProcess hasty =
        CanonicalProcess.whenNeeded(settings.withTimeLimit(Duration.ofSeconds(5)))) {
      assertThatThrownBy(() -> hasty.run(endless, inputs))
          .isInstanceOf(InferenceException.TimedOut.class);
      assertThat(hasty.run(doubled(), List.of(Tensor.ofFloats(new float[] {2}, 1))).getFirst())
          .isEqualTo(Tensor.ofFloats(new float[] {-2}, 1));
    }
    Path hungry = TestModels.write(folder, "hungry", TestModels.outerProduct(16384, 0));
    List<Tensor> large =
        List.of(
            Tensor.ofFloats(new float[16384], 16384, 1),
            Tensor.ofFloats(new float[16384], 1, 16384));
    try (CanonicalProcess small =
        CanonicalProcess.whenNeeded(settings.withMemoryLimit(InferenceSettings.LEAST_MEMORY))) {
      assertThatThrownBy(() -> small.run(hungry, large))
          .isInstanceOf(InferenceException.OutOfMemory.class);
    }
  }
}
