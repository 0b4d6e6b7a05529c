package ai.opengradient.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.program.Program;
import ai.opengradient.examples.OnnxGraph;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.fetch.FetchSettings;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.store.manifest.Manifest;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need a model file and nothing else. */
class ModelCommandsTest {
  private static final String VOLATILITY =
      Path.of("..", "example-models", "models", "volatility.onnx").toAbsolutePath().toString();

  @TempDir Path folder;

  private JsonNode answer(String... arguments) {
    return Invocation.json(folder, arguments).answer();
  }

  private JsonNode failure(String... arguments) {
    return Invocation.json(folder, arguments).failure();
  }

  @Test
  void lowerTellsTheRootAndWritesTheProgram() throws IOException {
    JsonNode lowered = answer("model", "lower", VOLATILITY, "--out", "volatility.program");

    Program program = Program.decode(Files.readAllBytes(folder.resolve("volatility.program")));
    assertThat(lowered.get("root").asText()).isEqualTo(program.hash().toString());
    assertThat(lowered.get("nodes").asInt()).isEqualTo(program.nodes().size());
    assertThat(lowered.get("discontinuous").asBoolean()).isFalse();
    assertThat(lowered.get("stepGas").asLong()).isPositive();
    assertThat(lowered.get("outputs").get(0).get("name").asText()).isEqualTo("volatility");
  }

  @Test
  void programNamesTheNodesOfTheFile() {
    String text = Invocation.of(folder, "model", "program", VOLATILITY).out();

    assertThat(text)
        .startsWith("program, spec version 1")
        .contains("# input 'returns'", "dot float32");
  }

  @Test
  void runAnswersByEitherEngine() {
    String input = "returns=" + List.of(List.of(ramp()));
    float canonical = number(answer("model", "run", VOLATILITY, "--input", input, "--save", "."));
    float stock = number(answer("model", "run", VOLATILITY, "--input", input, "--engine", "stock"));

    assertThat(stock).isCloseTo(canonical, org.assertj.core.data.Percentage.withPercentage(1e-3));
    assertThat(folder.resolve("0.npy")).exists();
  }

  private static String ramp() {
    StringBuilder numbers = new StringBuilder();
    for (int day = 0; day < 32; day++) {
      numbers.append(day == 0 ? "" : ",").append(day / 1000.0);
    }
    return numbers.toString();
  }

  private static float number(JsonNode answer) {
    return answer.get("outputs").get(0).get("value").get(0).get(0).floatValue();
  }

  @Test
  void compareDrawsWhatItMeasures() throws IOException {
    JsonNode compared =
        answer("model", "compare", VOLATILITY, "--samples", "3", "--picture", "deviation.svg");

    assertThat(compared.get("samples").asInt()).isEqualTo(3);
    assertThat(compared.get("outputs").get(0).get("max").asDouble()).isLessThan(1e-5);
    assertThat(Files.readString(folder.resolve("deviation.svg"))).contains("volatility: deviation");
  }

  @Test
  void calibrateProposesABandThatConvicts() {
    JsonNode calibrated = answer("model", "calibrate", VOLATILITY, "--samples", "4");

    assertThat(calibrated.get("bands").get(0).get("relative").asDouble()).isLessThan(1e-4);
    assertThat(calibrated.get("convictions")).hasSize(5);
    calibrated
        .get("convictions")
        .forEach(conviction -> assertThat(conviction.get("missed").asBoolean()).isFalse());
  }

  /** At zero the weights play no part. */
  @Test
  void calibrateFailsWhereABandWouldConvictNobody() throws IOException {
    OnnxGraph graph = new OnnxGraph("dull");
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1, 2);
    String w = graph.weights("w", new float[] {1, 1}, 2, 1);
    graph.node("y", "MatMul", List.of(x, w));
    graph.output("y", TensorProto.DataType.FLOAT, 1, 1);
    Files.write(folder.resolve("dull.onnx"), graph.toBytes());

    Invocation calibrated =
        Invocation.json(folder, "model", "calibrate", "dull.onnx", "--input", "x=[[0,0]]");

    assertThat(calibrated.exit()).isEqualTo(1);
    assertThat(calibrated.out()).contains("\"missed\":true");
  }

  @Test
  void aModelIsPublishedWithSeveralBindings() throws IOException {
    OnnxGraph graph = new OnnxGraph("steps");
    String x =
        graph.input("x", TensorProto.DataType.FLOAT, OnnxGraph.open("steps"), OnnxGraph.fixed(2));
    graph.node("y", "ReduceSum", List.of(x));
    graph.output("y", TensorProto.DataType.FLOAT, 1, 1);
    Files.write(folder.resolve("steps.onnx"), graph.toBytes());
    String[] publish = {"model", "publish", "steps.onnx", "--licence", "MIT"};

    assertThat(
            answer(with(publish, "--binding", "steps=3", "--binding", "steps=5"))
                .get("bindings")
                .asInt())
        .isEqualTo(2);
    assertThat(failure(publish).get("code").asText()).isEqualTo("OPG-503");
    assertThat(failure(with(publish, "--binding", "steps")).get("code").asText())
        .isEqualTo("OPG-101");
    assertThat(failure(with(publish, "--binding", "steps=many")).get("code").asText())
        .isEqualTo("OPG-101");
  }

  @Test
  void aModelWithDataInAnotherFileIsTheModelWithAllDataInside() throws IOException {
    String root = answer("model", "lower", VOLATILITY).get("root").asText();
    Path owners = Files.createDirectories(folder.resolve("owners"));
    writeWithDataApart(Path.of(VOLATILITY), owners);
    Files.write(owners.resolve("unrelated.txt"), new byte[] {1});

    assertThat(answer("model", "inspect", "owners/model.onnx").get("dataFiles").get(0).asText())
        .isEqualTo("model.onnx.data");
    assertThat(answer("model", "lower", "owners/model.onnx").get("root").asText()).isEqualTo(root);
    JsonNode published = answer("model", "publish", "owners", "--licence", "MIT");
    assertThat(published.get("data")).hasSize(1);

    VerifiedFetch fetch =
        new VerifiedFetch(
            List.of(new BlockStore(folder.resolve("store"))),
            folder.resolve("models"),
            FetchSettings.usual(Long.MAX_VALUE, InstantSource.system()));
    Manifest manifest = fetch.manifest(ContentId.parse(published.get("manifest").asText()));
    Path fetched = fetch.model(manifest.file(), manifest.data(), Progress.NONE);
    assertThat(fetch.model(manifest.file(), manifest.data(), Progress.NONE)).isEqualTo(fetched);
    try (Stream<Path> files = Files.list(fetched.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.onnx", "model.onnx.data");
    }
    String model = fetched.toString();
    assertThat(answer("model", "lower", model).get("root").asText()).isEqualTo(root);
    String input = "returns=" + List.of(List.of(ramp()));
    float whole = number(answer("model", "run", VOLATILITY, "--input", input));
    assertThat(number(answer("model", "run", model, "--input", input))).isEqualTo(whole);
    assertThat(number(answer("model", "run", model, "--input", input, "--engine", "stock")))
        .isCloseTo(whole, org.assertj.core.data.Percentage.withPercentage(1e-3));
  }

  @Test
  void dataFromElsewhereReachNeitherEngine() throws IOException {
    writeWithDataApart(Path.of(VOLATILITY), folder);
    Path data = folder.resolve("model.onnx.data");
    Path elsewhere = Files.move(data, folder.resolve("elsewhere"));
    Files.createSymbolicLink(data, elsewhere);
    String input = "returns=" + List.of(List.of(ramp()));
    for (String engine : List.of("canonical", "stock")) {
      JsonNode failure =
          failure("model", "run", "model.onnx", "--input", input, "--engine", engine);
      assertThat(failure.get("detail").asText()).as(engine).contains("not a file beside");
    }
    assertThat(failure("model", "publish", "model.onnx", "--licence", "MIT").get("code").asText())
        .isEqualTo("OPG-501");
  }

  /** As exporters do: weights in one file beside the model. */
  private static void writeWithDataApart(Path model, Path folder) throws IOException {
    ModelProto.Builder apart = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (TensorProto.Builder tensor : apart.getGraphBuilder().getInitializerBuilderList()) {
      ByteBuffer floats =
          ByteBuffer.allocate(tensor.getFloatDataCount() * Float.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      tensor.getFloatDataList().forEach(floats::putFloat);
      byte[] bytes = tensor.hasRawData() ? tensor.getRawData().toByteArray() : floats.array();
      tensor
          .clearRawData()
          .clearFloatData()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", "model.onnx.data"))
          .addExternalData(entry("offset", Integer.toString(data.size())))
          .addExternalData(entry("length", Integer.toString(bytes.length)));
      data.writeBytes(bytes);
    }
    Files.write(folder.resolve("model.onnx"), apart.build().toByteArray());
    Files.write(folder.resolve("model.onnx.data"), data.toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void wrongUseIsRefused() throws IOException {
    Files.write(folder.resolve("broken.onnx"), new byte[] {9});

    assertThat(failure("model", "lower", "none.onnx").get("code").asText()).isEqualTo("OPG-105");
    assertThat(failure("model", "lower", "broken.onnx").get("code").asText()).isEqualTo("OPG-501");
    assertThat(failure("model", "run", VOLATILITY).get("code").asText()).isEqualTo("OPG-515");
    assertThat(
            failure("model", "run", VOLATILITY, "--input", "returns=@none.npy")
                .get("code")
                .asText())
        .isEqualTo("OPG-105");
    assertThat(failure("model", "compare", VOLATILITY, "--samples", "0").get("code").asText())
        .isEqualTo("OPG-101");
    assertThat(failure("model", "compare", VOLATILITY, "--range", "other=0,1").get("code").asText())
        .isEqualTo("OPG-515");
    assertThat(failure("conform", "none").get("code").asText()).isEqualTo("OPG-105");
    assertThat(failure("model", "lower", VOLATILITY, "--out", "no/where").get("code").asText())
        .isEqualTo("OPG-106");
    for (String option : List.of("--threads", "--memory-mib", "--minutes")) {
      assertThat(failure("model", "compare", VOLATILITY, option, "0").get("code").asText())
          .as(option)
          .isEqualTo("OPG-101");
    }
  }

  @Test
  void conformTellsPassedFromFailedAndRefused() throws IOException {
    Path cases = Files.createDirectory(folder.resolve("cases"));
    write(cases, "test_neg", "Neg", -1);
    write(cases, "test_abs_wrong", "Abs", -1);
    write(cases, "test_noise", "RandomNormalLike", 0);

    Invocation conformed = Invocation.json(folder, "conform", "cases", "--page", "coverage.md");

    assertThat(conformed.exit()).isEqualTo(1);
    assertThat(conformed.out())
        .contains("\"inScope\":3,\"passed\":1,\"bound\":0,\"refused\":1,\"failed\":1")
        .contains("test_abs_wrong");
    assertThat(Files.readString(folder.resolve("coverage.md"))).contains("| Neg | 1 | 1 |");
  }

  private static void write(Path cases, String name, String operator, float expected)
      throws IOException {
    Path folder = Files.createDirectory(cases.resolve(name));
    OnnxGraph graph = new OnnxGraph(operator);
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1);
    graph.node("y", operator, List.of(x));
    graph.output("y", TensorProto.DataType.FLOAT, 1);
    Files.write(folder.resolve("model.onnx"), graph.toBytes());
    Path data = Files.createDirectory(folder.resolve("test_data_set_0"));
    Files.write(data.resolve("input_0.pb"), tensor(1).toByteArray());
    Files.write(data.resolve("output_0.pb"), tensor(expected).toByteArray());
  }

  private static TensorProto tensor(float element) {
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addDims(1)
        .setRawData(
            ByteString.copyFrom(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(element).array()))
        .build();
  }
}
