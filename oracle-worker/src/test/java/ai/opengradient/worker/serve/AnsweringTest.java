package ai.opengradient.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.OnnxGraph;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.config.GuardPolicy;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.InferenceSettings;
import ai.opengradient.worker.inference.StockProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine answers, with both of them at work. */
final class AnsweringTest {
  private static final AnswerSource.Binding FIRST = new AnswerSource.Binding(1, 0);
  private static final ModelVersion.Band WIDE = new ModelVersion.Band(1e-3f, 1e-3f);
  private static final ModelVersion.Band EXACT = new ModelVersion.Band(0, 0);

  /** No stock answer that deviates at all is within an eighth of it. */
  private static final ModelVersion.Band HAIR = new ModelVersion.Band(1e-30f, 0);

  @TempDir private static Path folder;
  private static StockProcesses stock;
  private static CanonicalProcess canonical;

  @BeforeAll
  static void start() throws InferenceException {
    InferenceSettings settings = InferenceSettings.standard(folder).withThreads(1);
    stock = StockProcesses.start(settings, 1);
    canonical = CanonicalProcess.whenNeeded(settings);
  }

  @AfterAll
  static void stop() {
    stock.close();
    canonical.close();
  }

  private static Path model(String operator, DataType output) throws IOException {
    OnnxGraph graph = new OnnxGraph(operator);
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1, 32);
    graph.node("y", operator, List.of(x));
    graph.output(
        "y",
        output == DataType.INT64 ? TensorProto.DataType.INT64 : TensorProto.DataType.FLOAT,
        1,
        32);
    return Files.write(folder.resolve(operator + ".onnx"), graph.toBytes());
  }

  private static ModelVersion version(Path file, ModelVersion.Band band) throws IOException {
    LoweredModel lowered = Lowering.lower(Files.readAllBytes(file), Binding.NONE);
    return version(lowered, lowered.program().hash(), band);
  }

  private static ModelVersion version(LoweredModel lowered, Hash root, ModelVersion.Band band) {
    return new ModelVersion(
        "01",
        Hash.of(new byte[Hash.LENGTH]),
        1,
        Amount.ZERO,
        Amount.ZERO,
        Amount.ZERO,
        "MIT",
        List.of(band),
        List.of(new ModelVersion.Domain(0, 0)),
        List.of(new ModelVersion.Binding(root, types(lowered.inputs()), types(lowered.outputs()))));
  }

  private static List<TensorType> types(List<NamedTensor> tensors) {
    return tensors.stream().map(NamedTensor::type).toList();
  }

  private static List<Tensor> ramp(float first) {
    float[] elements = new float[32];
    for (int index = 0; index < elements.length; index++) {
      elements[index] = first + index * 0.37f;
    }
    return List.of(Tensor.ofFloats(elements, 1, 32));
  }

  private static AnswerSource.Answer answer(
      GuardPolicy guard, Path file, ModelVersion version, List<Tensor> inputs) throws Exception {
    return new Answering(stock, canonical, _ -> guard).answer(1, FIRST, version, file, inputs);
  }

  @Test
  void theStockEngineAnswersWithinABand() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);
    AnswerSource.Answer answer =
        answer(GuardPolicy.NEVER, exponential, version(exponential, WIDE), ramp(-3));

    assertThat(answer.outputs()).isEqualTo(stock.run(exponential, ramp(-3)));
    assertThat(answer.engine()).isEqualTo(stock.profile().toString());
  }

  @Test
  void theGuardLetsAGoodStockAnswerPass() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);

    assertThat(
            answer(GuardPolicy.ALWAYS, exponential, version(exponential, WIDE), ramp(-3)).engine())
        .isEqualTo(stock.profile().toString());
  }

  @Test
  void theGuardReplacesAStockAnswerThatDeviatesTooMuch() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);
    assertThat(stock.run(exponential, ramp(-3))).isNotEqualTo(canonical.run(exponential, ramp(-3)));

    AnswerSource.Answer answer =
        answer(GuardPolicy.ALWAYS, exponential, version(exponential, HAIR), ramp(-3));

    assertThat(answer.outputs()).isEqualTo(canonical.run(exponential, ramp(-3)));
    assertThat(answer.engine()).contains("deviates too much");
  }

  @Test
  void anExactBandTakesTheCanonicalAnswer() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);

    assertThat(
            answer(GuardPolicy.NEVER, exponential, version(exponential, EXACT), ramp(-3)).outputs())
        .isEqualTo(canonical.run(exponential, ramp(-3)));
  }

  @Test
  void aDiscontinuousModelTakesTheCanonicalAnswer() throws Exception {
    Path floor = model("Floor", DataType.FLOAT32);

    assertThat(answer(GuardPolicy.NEVER, floor, version(floor, WIDE), ramp(-3)).engine())
        .isEqualTo("canonical engine");
  }

  @Test
  void whatIsNotFiniteIsAnsweredCanonically() throws Exception {
    Path logarithm = model("Log", DataType.FLOAT32);
    AnswerSource.Answer answer =
        answer(GuardPolicy.NEVER, logarithm, version(logarithm, WIDE), ramp(0));

    assertThat(answer.engine()).contains("not finite");
    assertThat(answer.outputs().getFirst().floats()[0]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void withoutAProgramThereIsTheStockAnswerOnly() throws Exception {
    Path logarithm = model("Log", DataType.FLOAT32);
    LoweredModel lowered = Lowering.lower(Files.readAllBytes(logarithm), Binding.NONE);
    ModelVersion undisputable = version(lowered, ModelVersion.Binding.NO_PROGRAM, EXACT);

    assertThat(answer(GuardPolicy.ALWAYS, logarithm, undisputable, ramp(0)).engine())
        .isEqualTo(stock.profile().toString());
  }

  @Test
  void anotherProgramThanTheRegisteredOneIsRefused() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);
    Path logarithm = model("Log", DataType.FLOAT32);
    ModelVersion other = version(logarithm, WIDE);
    Answering answering = new Answering(stock, canonical, _ -> GuardPolicy.NEVER);

    assertThatThrownBy(() -> answering.requireProgram(FIRST, other, exponential))
        .isInstanceOf(WrongProgram.class)
        .hasMessageContaining(other.bindings().getFirst().programRoot().toString());
    assertThatThrownBy(() -> answering.answer(1, FIRST, other, exponential, ramp(1)))
        .isInstanceOf(WrongProgram.class);
  }

  @Test
  void aSampledGuardChecksSomeJobs() throws Exception {
    Path exponential = model("Exp", DataType.FLOAT32);
    ModelVersion version = version(exponential, HAIR);
    Answering answering = new Answering(stock, canonical, _ -> GuardPolicy.SAMPLED);
    int checked = 0;
    for (long job = 1; job <= 64; job++) {
      checked +=
          answering.answer(job, FIRST, version, exponential, ramp(-3)).engine().contains("deviates")
              ? 1
              : 0;
    }
    assertThat(checked).isBetween(1, 16);
  }
}
