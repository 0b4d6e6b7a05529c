package ai.opengradient.worker.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.BenchmarkModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into the child and comes out of it, with one child for all tests. */
final class InferenceProcessTest {
  private static final int THREADS = 2;

  @TempDir private static Path folder;
  private static InferenceProcess process;

  @BeforeAll
  static void start() throws InferenceException {
    process = InferenceProcess.start(InferenceSettings.standard(folder).withThreads(THREADS));
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  @Test
  void tellsWhatComputes() {
    Profile profile = process.profile();

    assertThat(profile.onnxRuntimeVersion()).isEqualTo("1.29.0");
    assertThat(profile.djlVersion()).isEqualTo("0.38.0");
    assertThat(profile.provider()).isEqualTo("CPUExecutionProvider");
    assertThat(profile.threads()).isEqualTo(THREADS);
    assertThat(profile.optimisation()).isEqualTo(OptimisationLevel.ALL);
    assertThat(profile.operatingSystem()).contains(System.getProperty("os.version"));
    assertThat(profile.processor()).isNotBlank();
  }

  @Test
  void givesTheBitsOfADirectCall() throws Exception {
    Random random = new Random(1);
    compare(TestModels.TRAINED.resolve("volatility.onnx"), floats(random, 0.1f, 1, 32));
    compare(TestModels.TRAINED.resolve("digits.onnx"), pixels(random));
    compare(
        TestModels.write(folder, "convolutions", BenchmarkModels.convolutions()),
        floats(random, 1, 1, 3, 224, 224));
  }

  @ParameterizedTest
  @EnumSource(OptimisationLevel.class)
  void givesTheBitsOfADirectCallAtEveryLevel(OptimisationLevel level) throws Exception {
    Path model = TestModels.TRAINED.resolve("digits.onnx");
    List<Tensor> inputs = List.of(pixels(new Random(2)));
    InferenceSettings settings =
        InferenceSettings.standard(folder).withThreads(1).withOptimisation(level);

    try (InferenceProcess other = InferenceProcess.start(settings);
        DirectSession direct = new DirectSession(model, 1, level)) {
      assertThat(other.run(model, inputs)).isEqualTo(direct.run(inputs));
    }
  }

  /** A public model, where the shared material lies beside the project. */
  @Test
  void givesTheBitsOfADirectCallForAPublicModel() throws Exception {
    Path model = Path.of("..", "..", "shared", "models", "mnist.onnx");
    if (Files.notExists(model)) {
      NotRun.note("inference with a public model", "there is no ../shared/models/mnist.onnx");
      return;
    }
    compare(model, floats(new Random(3), 255, 1, 1, 28, 28));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void carriesEveryDataType(DataType dataType) throws Exception {
    TensorType type = TensorType.of(dataType, 2, 3, 5);
    byte[] bytes = new byte[Math.toIntExact(type.byteLength())];
    new Random(dataType.code()).nextBytes(bytes);
    if (dataType == DataType.BOOL) {
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] &= 1;
      }
    }
    Tensor tensor = Tensor.of(type, bytes);

    Path model =
        TestModels.write(folder, "identity-" + dataType.label(), TestModels.identity(type));

    assertThat(process.run(model, List.of(tensor))).containsExactly(tensor.canonical());
  }

  @ParameterizedTest
  @EnumSource(value = DataType.class, mode = EnumSource.Mode.EXCLUDE, names = "BOOL")
  void carriesScalars(DataType dataType) throws Exception {
    TensorType type = TensorType.of(dataType);
    byte[] bytes = new byte[dataType.width()];
    bytes[0] = 3;
    Path model = TestModels.write(folder, "scalar-" + dataType.label(), TestModels.identity(type));

    assertThat(process.run(model, List.of(Tensor.of(type, bytes))))
        .containsExactly(Tensor.of(type, bytes));
  }

  /** DJL has no way to make one; the answer must be a refusal, not a wrong shape. */
  @Test
  void refusesAScalarBool() throws Exception {
    TensorType type = TensorType.of(DataType.BOOL);
    Path model = TestModels.write(folder, "scalar-bool", TestModels.identity(type));

    assertThatThrownBy(() -> process.run(model, List.of(Tensor.of(type, new byte[1]))))
        .isInstanceOf(InferenceException.WrongInput.class)
        .hasMessageContaining("rank 0");
  }

  @Test
  void takesInputsAndGivesOutputsInTheModelsOrder() throws Exception {
    Path model = TestModels.write(folder, "differences", TestModels.differences());

    List<Tensor> outputs =
        process.run(
            model,
            List.of(
                Tensor.ofFloats(new float[] {1, 2}, 2), Tensor.ofFloats(new float[] {10, 20}, 2)));

    assertThat(outputs)
        .containsExactly(
            Tensor.ofFloats(new float[] {9, 18}, 2), Tensor.ofFloats(new float[] {-9, -18}, 2));
  }

  @Test
  void takesInputsInCanonicalForm() throws Exception {
    TensorType type = TensorType.of(DataType.FLOAT32, 2);
    Path model =
        TestModels.write(
            folder, "reciprocal", TestModels.unary("Reciprocal", type, DataType.FLOAT32));

    List<Tensor> outputs =
        process.run(
            model, List.of(Tensor.ofFloats(new float[] {-0f, Float.intBitsToFloat(-1)}, 2)));

    assertThat(outputs)
        .containsExactly(Tensor.ofFloats(new float[] {Float.POSITIVE_INFINITY, Float.NaN}, 2));
  }

  @Test
  void givesOutputsInCanonicalForm() throws Exception {
    TensorType type = TensorType.of(DataType.FLOAT32, 2);
    Path negation =
        TestModels.write(folder, "negation", TestModels.unary("Neg", type, DataType.FLOAT32));
    Path root = TestModels.write(folder, "root", TestModels.unary("Sqrt", type, DataType.FLOAT32));

    assertThat(process.run(negation, List.of(Tensor.ofFloats(new float[] {0, 1}, 2))))
        .containsExactly(Tensor.ofFloats(new float[] {0, -1}, 2));
    assertThat(process.run(root, List.of(Tensor.ofFloats(new float[] {-1, 4}, 2))))
        .containsExactly(Tensor.ofFloats(new float[] {Float.NaN, 2}, 2));
  }

  @Test
  void loadsAheadOfTheFirstRun() throws Exception {
    Path model = TestModels.write(folder, "line", BenchmarkModels.line());

    process.load(model);

    assertThat(process.run(model, List.of(Tensor.ofFloats(new float[] {2}, 1))))
        .containsExactly(Tensor.ofFloats(new float[] {6.5f}, 1));
  }

  @Test
  void keepsOnlySoManyModels() throws Exception {
    Tensor input = Tensor.ofFloats(new float[] {1}, 1);
    for (int index = 0; index < 20; index++) {
      Path model = TestModels.write(folder, "line" + index, BenchmarkModels.line());
      assertThat(process.run(model, List.of(input)))
          .containsExactly(Tensor.ofFloats(new float[] {3.5f}, 1));
    }
    assertThat(process.run(folder.resolve("line0.onnx"), List.of(input))).hasSize(1);
  }

  @Test
  void seesThatAFileWasReplaced() throws Exception {
    TensorType type = TensorType.of(DataType.FLOAT32, 1);
    Tensor input = Tensor.ofFloats(new float[] {4}, 1);
    Path model =
        TestModels.write(folder, "replaced", TestModels.unary("Neg", type, DataType.FLOAT32));
    process.run(model, List.of(input));

    TestModels.write(folder, "replaced", TestModels.unary("Sqrt", type, DataType.FLOAT32));

    assertThat(process.run(model, List.of(input)))
        .containsExactly(Tensor.ofFloats(new float[] {2}, 1));
  }

  @Test
  void refusesInputsThatTheModelDoesNotTake() throws IOException {
    Path model = TestModels.TRAINED.resolve("volatility.onnx");
    Tensor right = floats(new Random(4), 1, 1, 32);

    refuses(model, List.of(), "no inputs");
    refuses(model, List.of(right, right), "Input mismatch");
    refuses(model, List.of(floats(new Random(4), 1, 1, 31)), "returns");
    refuses(model, List.of(floats(new Random(4), 1, 32)), "rank");
    refuses(model, List.of(Tensor.ofInts(new int[32], 1, 32)), "data type");
  }

  @Test
  void rejectsWhatIsNoModel() throws IOException {
    byte[] digits = Files.readAllBytes(TestModels.TRAINED.resolve("digits.onnx"));
    TensorType type = TensorType.of(DataType.FLOAT32, 1);

    rejects(folder.resolve("absent.onnx"), "NoSuchFile");
    rejects(folder, "");
    rejects(TestModels.write(folder, "empty", new byte[0]), "");
    rejects(TestModels.write(folder, "text", "no model".getBytes(UTF_8)), "is not ONNX");
    rejects(
        TestModels.write(folder, "truncated", Arrays.copyOf(digits, digits.length / 2)),
        "is not ONNX");
    rejects(
        TestModels.write(folder, "unknown", TestModels.unary("Divine", type, DataType.FLOAT32)),
        "Divine");
    rejects(
        TestModels.write(
            folder,
            "mistyped",
            TestModels.unary("Sqrt", TensorType.of(DataType.BOOL, 1), DataType.BOOL)),
        "Sqrt");
  }

  private static void refuses(Path model, List<Tensor> inputs, String reason) {
    assertThatThrownBy(() -> process.run(model, inputs))
        .isInstanceOf(InferenceException.WrongInput.class)
        .hasMessageContaining(reason);
  }

  private static void rejects(Path model, String reason) {
    assertThatThrownBy(() -> process.load(model))
        .isInstanceOf(InferenceException.ModelRejected.class)
        .hasMessageContaining(model.toString())
        .hasMessageContaining(reason);
  }

  private static void compare(Path model, Tensor input) throws InferenceException, OrtException {
    try (DirectSession direct = new DirectSession(model, THREADS, OptimisationLevel.ALL)) {
      assertThat(process.run(model, List.of(input))).isEqualTo(direct.run(List.of(input)));
    }
  }

  private static Tensor pixels(Random random) {
    byte[] pixels = new byte[256];
    random.nextBytes(pixels);
    return Tensor.of(TensorType.of(DataType.UINT8, 1, 1, 16, 16), pixels);
  }

  private static Tensor floats(Random random, float scale, int... shape) {
    float[] elements = new float[TensorType.of(DataType.FLOAT32, shape).count()];
    for (int at = 0; at < elements.length; at++) {
      elements[at] = (float) random.nextGaussian() * scale;
    }
    return Tensor.ofFloats(elements, shape);
  }
}
