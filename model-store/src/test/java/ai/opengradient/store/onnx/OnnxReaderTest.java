package ai.opengradient.store.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.NamedTensor;
import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;

  @Test
  void saysWhatTheModelIs() {
    OnnxSummary summary = read(linear());

    assertThat(summary.irVersion()).isEqualTo(8);
    assertThat(summary.opsets()).containsExactly(Map.entry("ai.onnx", 17L));
    assertThat(summary.producer()).isEqualTo("a test 1.0");
    assertThat(summary.inputs())
        .containsExactly(
            new TensorSignature(
                "x",
                DataType.FLOAT32,
                List.of(new Dimension.Symbolic("batch"), new Dimension.Fixed(2))));
    assertThat(summary.outputs())
        .containsExactly(
            new TensorSignature(
                "y",
                DataType.FLOAT32,
                List.of(new Dimension.Symbolic("y[0]"), new Dimension.Fixed(3))));
    assertThat(summary.operators()).containsExactly(Map.entry("Add", 1), Map.entry("MatMul", 1));
    assertThat(summary.parameters()).isEqualTo(9);
    assertThat(summary.metadata()).containsExactly(Map.entry("trained on", "nothing"));
    assertThat(summary.openDimensions()).containsExactly("batch", "y[0]");
  }

  @Test
  void bindsOpenDimensions() {
    OnnxSummary summary = read(linear());
    assertThat(summary.bind(Map.of("batch", 4, "y[0]", 4)).outputs())
        .containsExactly(new NamedTensor("y", TensorType.of(DataType.FLOAT32, 4, 3)));
    assertThatThrownBy(() -> summary.bind(Map.of("batch", 4)))
        .isInstanceOfSatisfying(
            StoreException.UnboundDimensions.class,
            e -> assertThat(e.names()).containsExactly("y[0]"));
    assertThatThrownBy(() -> summary.bind(Map.of("batch", 0, "y[0]", 1)))
        .isInstanceOf(TensorException.InvalidType.class);
  }

  @Test
  void countsInitialisersAmongTheInputsAsWhatTheyAre() {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().addInput(value("w", FLOAT, dimension(2), dimension(3)));
    assertThat(read(model).inputs()).extracting(TensorSignature::name).containsExactly("x");
  }

  @Test
  void readsScalarsAndEveryElementType() {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().addInput(value("flag", 9)).addInput(value("bytes", 2, dimension(1)));
    assertThat(read(model).inputs())
        .extracting(TensorSignature::dataType)
        .endsWith(DataType.BOOL, DataType.UINT8);
    assertThat(read(model).inputs().get(1).shape()).isEmpty();
  }

  @Test
  void countsNodesInsideNodes() {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().addNode(nested(3));
    assertThat(read(model).operators()).containsEntry("If", 3).containsEntry("Relu", 1);
    assertThat(read(model).parameters()).isEqualTo(9 + 2);
  }

  @Test
  void refusesGraphsNestedTooDeep() {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().addNode(nested(40));
    refuses(model, StoreException.UnsupportedOnnx.class, "nested deeper");
  }

  @Test
  void refusesExternalDataThatIsNotBesideTheFile() {
    OnnxMl.ModelProto.Builder byLocation = linear();
    byLocation
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
    refuses(byLocation, StoreException.InvalidOnnx.class, "'w' has its data both");
    byLocation.getGraphBuilder().getInitializerBuilder(0).clearFloatData().clearRawData();
    refuses(byLocation, StoreException.UnsupportedOnnx.class, "not the plain name");

    OnnxMl.ModelProto.Builder byEntry = linear();
    byEntry
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .addExternalData(
            OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));
    refuses(byEntry, StoreException.InvalidOnnx.class, "both in the file and in another");

    OnnxMl.ModelProto.Builder inNode = linear();
    inNode
        .getGraphBuilder()
        .getNodeBuilder(0)
        .addAttribute(
            OnnxMl.AttributeProto.newBuilder()
                .setName("value")
                .setT(
                    floats("inner", 1).setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)));
    refuses(inNode, StoreException.InvalidOnnx.class, "both in the file and in another");
  }

  @Test
  void refusesCustomDomainsWhereTheyAreUsed() {
    OnnxMl.ModelProto.Builder imported = linear();
    imported.addOpsetImport(
        OnnxMl.OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(1));
    assertThat(read(imported).opsets()).containsEntry("com.example", 1L);

    OnnxMl.ModelProto.Builder used = linear();
    used.getGraphBuilder().getNodeBuilder(0).setName("first").setDomain("com.example");
    refuses(
        used,
        StoreException.UnsupportedOnnx.class,
        "node 'first' is MatMul of the custom domain 'com.example'");

    OnnxMl.ModelProto.Builder classical = linear();
    classical.getGraphBuilder().getNodeBuilder(0).setOpType("Scaler").setDomain("ai.onnx.ml");
    assertThat(read(classical).operators()).containsEntry("ai.onnx.ml.Scaler", 1);
  }

  @Test
  void takesOperatorsOfCustomDomainsThatAreFunctionsOfTheModel() {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().getNodeBuilder(0).setOpType("Product").setDomain("com.example");
    model.addFunctions(
        OnnxMl.FunctionProto.newBuilder()
            .setDomain("com.example")
            .setName("Product")
            .addNode(OnnxMl.NodeProto.newBuilder().setOpType("MatMul")));

    assertThat(read(model).operators())
        .containsEntry("com.example.Product", 1)
        .containsEntry("MatMul", 1);
  }

  @Test
  void refusesSizesThatLie() {
    OnnxMl.ModelProto.Builder twoGigabytes = linear();
    twoGigabytes.getGraphBuilder().getInitializerBuilder(0).clearDims().addDims(1 << 29);
    assertThat(twoGigabytes.build().getSerializedSize()).isLessThan(1_024);
    refuses(
        twoGigabytes, StoreException.InvalidOnnx.class, "takes 536870912 numbers, but 6 are there");

    OnnxMl.ModelProto.Builder raw = linear();
    raw.getGraphBuilder()
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("r")
                .setDataType(FLOAT)
                .addDims(1 << 29)
                .setRawData(ByteString.copyFrom(new byte[4])));
    refuses(raw, StoreException.InvalidOnnx.class, "takes 2147483648 bytes, but 4 are there");

    OnnxMl.ModelProto.Builder overflow = linear();
    overflow
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .clearDims()
        .addDims(1L << 40)
        .addDims(1L << 40);
    refuses(overflow, StoreException.InvalidOnnx.class, "nothing can have");

    OnnxMl.ModelProto.Builder negative = linear();
    negative.getGraphBuilder().getInitializerBuilder(0).clearDims().addDims(-6);
    refuses(negative, StoreException.InvalidOnnx.class, "dimension -6");

    OnnxMl.ModelProto.Builder unknown = linear();
    unknown.getGraphBuilder().getInitializerBuilder(0).setDataType(99);
    refuses(unknown, StoreException.InvalidOnnx.class, "element type 99");
  }

  @Test
  void acceptsDataInEveryForm() {
    OnnxMl.ModelProto.Builder model = linear();
    model
        .getGraphBuilder()
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("i")
                .setDataType(INT64)
                .addDims(2)
                .addInt64Data(5)
                .addInt64Data(-5))
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("h")
                .setDataType(FLOAT16)
                .addDims(3)
                .setRawData(ByteString.copyFrom(new byte[6])))
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("q")
                .setDataType(3)
                .addDims(2)
                .addInt32Data(-1)
                .addInt32Data(1))
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("d")
                .setDataType(11)
                .addDims(1)
                .addDoubleData(1))
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("s")
                .setDataType(8)
                .addDims(1)
                .addStringData(ByteString.copyFromUtf8("a")))
        .addInitializer(
            OnnxMl.TensorProto.newBuilder()
                .setName("n")
                .setDataType(22)
                .addDims(3)
                .setRawData(ByteString.copyFrom(new byte[2])))
        .addInitializer(OnnxMl.TensorProto.newBuilder().setName("e").setDataType(FLOAT).addDims(0));
    assertThat(read(model).parameters()).isEqualTo(9 + 2 + 3 + 2 + 1 + 1 + 3);
  }

  @Test
  void refusesInputsThatNoTensorTypeHolds() {
    refusesInput(value("h", FLOAT16, dimension(1)), "code 10");
    refusesInput(value("s", 8, dimension(1)), "code 8");
    refusesInput(OnnxMl.ValueInfoProto.newBuilder().setName("n"), "not a tensor");
    OnnxMl.TypeProto.Builder noShape =
        OnnxMl.TypeProto.newBuilder()
            .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(FLOAT));
    refusesInput(
        OnnxMl.ValueInfoProto.newBuilder().setName("n").setType(noShape), "states no shape");
    OnnxMl.TensorShapeProto.Dimension[] nine = new OnnxMl.TensorShapeProto.Dimension[9];
    Arrays.fill(nine, dimension(1));
    refusesInput(value("n", FLOAT, nine), "more than 8 dimensions");
  }

  @Test
  void refusesGraphsThatContradictThemselves() {
    OnnxMl.ModelProto.Builder twice = linear();
    twice.getGraphBuilder().addInput(value("x", FLOAT, dimension(1)));
    refuses(twice, StoreException.InvalidOnnx.class, "two inputs called 'x'");

    OnnxMl.ModelProto.Builder nameless = linear();
    nameless.getGraphBuilder().addInput(value("", FLOAT, dimension(1)));
    refuses(nameless, StoreException.InvalidOnnx.class, "no name");

    OnnxMl.ModelProto.Builder silent = linear();
    silent.getGraphBuilder().clearOutput();
    refuses(silent, StoreException.InvalidOnnx.class, "no output");

    OnnxMl.ModelProto.Builder huge = linear();
    huge.getGraphBuilder().addInput(value("n", FLOAT, dimension(1L << 31)));
    refuses(huge, StoreException.InvalidOnnx.class, "2147483648");

    OnnxMl.ModelProto.Builder idle = linear();
    idle.getGraphBuilder().getNodeBuilder(0).clearOpType();
    refuses(idle, StoreException.InvalidOnnx.class, "no operator");
  }

  @Test
  void refusesWhatIsNotAModel() {
    refuses(linear().clearGraph(), StoreException.InvalidOnnx.class, "no graph");
    refuses(linear().clearIrVersion(), StoreException.InvalidOnnx.class, "version of its format");
    refuses(
        linear().clearOpsetImport(), StoreException.InvalidOnnx.class, "version of its operators");
    assertThat(read(linear().clearOpsetImport().setIrVersion(2)).opsets())
        .containsExactly(Map.entry("ai.onnx", 1L));
    for (String hex : List.of("", "00", "ff", "3aff", "3affffffff07", "0b", "3a0408", "4502")) {
      assertThatThrownBy(() -> OnnxReader.read(HexFormat.of().parseHex(hex)))
          .as(hex)
          .isInstanceOf(StoreException.InvalidOnnx.class);
    }
  }

  @Test
  void refusesEveryTruncation() {
    byte[] file = linear().build().toByteArray();
    int whole = 0;
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        OnnxReader.read(cut);
        whole++;
      } catch (StoreException.InvalidOnnx e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    // Only a cut between two fields of the outermost message, behind all that is needed, leaves a
    // model.
    assertThat(whole).isLessThanOrEqualTo(2);
  }

  @Test
  void survivesAnyBytesInLittleMemory() {
    long seed = 23;
    Random random = new Random(seed);
    byte[] good = linear().build().toByteArray();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 50_000; round++) {
            byte[] bytes = mutated(good, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
              assertThat(OnnxReader.read(bytes).outputs()).isNotEmpty();
            } catch (StoreException e) {
              assertThat(e.getMessage()).as("seed %d, round %d", seed, round).isNotEmpty();
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes allocated, seed %d, round %d", seed, round)
                .isLessThan(4 << 20);
          }
        });
  }

  @Test
  void saysWhichFileItCannotRead(@TempDir Path directory) {
    assertThatThrownBy(() -> OnnxReader.read(directory.resolve("absent.onnx")))
        .isInstanceOf(StoreException.StorageFailed.class)
        .hasMessageContaining("absent.onnx");
  }

  @Test
  void readsFromDisk(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("linear.onnx"), linear().build().toByteArray());
    assertThat(OnnxReader.read(file)).isEqualTo(read(linear()));
  }

  /**
   * Real models, where there are some beside the checkout; the test script says when there are
   * none.
   */
  @TestFactory
  Stream<DynamicTest> readsRealModels() throws IOException {
    Path models = Path.of("..", "..", "shared", "models");
    if (!Files.isDirectory(models)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(models)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream()
          .map(file ->
              DynamicTest.dynamicTest(
                  file.getFileName().toString(), () -> agreesWithProtobuf(file)));
    }
  }

  private static void agreesWithProtobuf(Path file) throws IOException {
    OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
    OnnxSummary summary = OnnxReader.read(file);
    assertThat(summary.irVersion()).isEqualTo(model.getIrVersion());
    assertThat(summary.operators().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(model.getGraph().getNodeCount());
    assertThat(summary.outputs())
        .extracting(TensorSignature::name)
        .isEqualTo(
            model.getGraph().getOutputList().stream().map(OnnxMl.ValueInfoProto::getName).toList());
    List<String> initialisers =
        model.getGraph().getInitializerList().stream().map(OnnxMl.TensorProto::getName).toList();
    assertThat(summary.inputs())
        .extracting(TensorSignature::name)
        .isEqualTo(
            model.getGraph().getInputList().stream()
                .map(OnnxMl.ValueInfoProto::getName)
                .filter(name -> !initialisers.contains(name))
                .toList());
    assertThat(summary.parameters()).isPositive();
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static OnnxSummary read(OnnxMl.ModelProto.Builder model) {
    return OnnxReader.read(model.build().toByteArray());
  }

  private static void refuses(
      OnnxMl.ModelProto.Builder model, Class<? extends StoreException> failure, String why) {
    byte[] file = model.build().toByteArray();
    assertThatThrownBy(() -> OnnxReader.read(file)).isInstanceOf(failure).hasMessageContaining(why);
  }

  private static void refusesInput(OnnxMl.ValueInfoProto.Builder input, String why) {
    OnnxMl.ModelProto.Builder model = linear();
    model.getGraphBuilder().addInput(input);
    refuses(model, StoreException.UnsupportedOnnx.class, why);
  }

  /** y = x · w + b, with a dynamic batch. */
  private static OnnxMl.ModelProto.Builder linear() {
    OnnxMl.GraphProto.Builder graph =
        OnnxMl.GraphProto.newBuilder()
            .setName("linear")
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setOpType("MatMul")
                    .addInput("x")
                    .addInput("w")
                    .addOutput("p"))
            .addNode(
                OnnxMl.NodeProto.newBuilder()
                    .setOpType("Add")
                    .addInput("p")
                    .addInput("b")
                    .addOutput("y"))
            .addInitializer(floats("w", 2, 3))
            .addInitializer(floats("b", 3))
            .addInput(
                value(
                    "x",
                    FLOAT,
                    OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam("batch").build(),
                    dimension(2)))
            .addOutput(
                value(
                    "y",
                    FLOAT,
                    OnnxMl.TensorShapeProto.Dimension.getDefaultInstance(),
                    dimension(3)));
    return OnnxMl.ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("a test")
        .setProducerVersion("1.0")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .addMetadataProps(
            OnnxMl.StringStringEntryProto.newBuilder().setKey("trained on").setValue("nothing"));
  }

  private static OnnxMl.NodeProto.Builder nested(int depth) {
    if (depth == 0) {
      return OnnxMl.NodeProto.newBuilder().setOpType("Relu");
    }
    OnnxMl.GraphProto.Builder inside = OnnxMl.GraphProto.newBuilder().addNode(nested(depth - 1));
    if (depth == 1) {
      inside.addInitializer(floats("inside", 2));
    }
    return OnnxMl.NodeProto.newBuilder()
        .setOpType("If")
        .addAttribute(OnnxMl.AttributeProto.newBuilder().setName("then_branch").setG(inside));
  }

  private static OnnxMl.TensorProto.Builder floats(String name, long... shape) {
    OnnxMl.TensorProto.Builder tensor =
        OnnxMl.TensorProto.newBuilder().setName(name).setDataType(FLOAT);
    long count = 1;
    for (long dimension : shape) {
      tensor.addDims(dimension);
      count *= dimension;
    }
    for (int index = 0; index < count; index++) {
      tensor.addFloatData(index);
    }
    return tensor;
  }

  private static OnnxMl.ValueInfoProto.Builder value(
      String name, int elementType, OnnxMl.TensorShapeProto.Dimension... shape) {
    OnnxMl.TypeProto.Tensor.Builder tensor =
        OnnxMl.TypeProto.Tensor.newBuilder()
            .setElemType(elementType)
            .setShape(OnnxMl.TensorShapeProto.newBuilder().addAllDim(List.of(shape)));
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.TypeProto.newBuilder().setTensorType(tensor));
  }

  private static OnnxMl.TensorShapeProto.Dimension dimension(long size) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size).build();
  }
}
