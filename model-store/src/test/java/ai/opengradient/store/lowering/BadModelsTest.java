package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static ai.opengradient.store.lowering.OnnxBuilder.subgraph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of strangers: what is refused says where and why, and takes neither time nor memory. */
class BadModelsTest {
  private static OnnxBuilder x(long... shape) {
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, shape)
        .output("y", DataType.FLOAT32, 1)
        .bytes("true", DataType.BOOL, new byte[] {1})
        .floats("one", new float[] {1});
  }

  private static void refused(Class<? extends StoreException> type, byte[] file, String cause) {
    assertThatThrownBy(() -> Lowering.lower(file, Binding.NONE))
        .isInstanceOf(type)
        .hasMessageContaining(cause);
  }

  @Test
  void cycles() {
    refused(
        StoreException.InvalidOnnx.class,
        x(1).node("y", "Relu", List.of("z")).node("z", "Abs", List.of("y")).file(),
        "depends on its own output");
  }

  @Test
  void valuesThatNobodyDefines() {
    refused(StoreException.InvalidOnnx.class, x(1).node("y", "Relu", List.of("z")).file(), "'z'");
  }

  @Test
  void namesThatCollide() {
    refused(
        StoreException.InvalidOnnx.class,
        x(1).node("y", "Relu", List.of("x")).node("y", "Abs", List.of("x")).file(),
        "'y' is defined twice");
    refused(
        StoreException.InvalidOnnx.class,
        x(1).floats("one", new float[] {2}).node("y", "Relu", List.of("x")).file(),
        "'one'");
  }

  /** Tensors without measure that a few bytes ask for. */
  static Stream<Arguments> bombs() {
    return Stream.of(
        bomb("Expand", x(1).integers("s", 1 << 20, 1 << 20).node("y", "Expand", List.of("x", "s"))),
        bomb("Tile", x(2).integers("s", 1 << 30).node("y", "Tile", List.of("x", "s"))),
        bomb(
            "ConstantOfShape",
            x(1).integers("s", 1 << 30)
                .node("big", "ConstantOfShape", List.of("s"))
                .node("y", "Add", List.of("big", "x"))),
        bomb(
            "Range",
            x(1).floats("end", new float[] {1e9f})
                .node("big", "Range", List.of("one", "end", "one"))
                .node("y", "Add", List.of("big", "x"))),
        bomb(
            "Resize",
            x(1, 1, 8, 8)
                .floats("scales", new float[] {1, 1, 1e6f, 1e6f}, 4)
                .node("y", "Resize", List.of("x", "", "scales"))),
        bomb("Pad", x(8).integers("p", 1L << 40, 0).node("y", "Pad", List.of("x", "p"))),
        bomb(
            "OneHot",
            x(8).constant(OnnxBuilder.int64("depth", new long[] {1L << 40}))
                .floats("values", new float[] {0, 1}, 2)
                .node("whole", "Cast", List.of("x"), integer("to", DataType.INT64.code()))
                .node("y", "OneHot", List.of("whole", "depth", "values"))),
        bomb(
            "TopK",
            x(1 << 20).integers("k", 1 << 20).node("TopK", List.of("x", "k"), List.of("y", "i"))),
        bomb("'x'", x(Integer.MAX_VALUE, Integer.MAX_VALUE).node("y", "Relu", List.of("x"))),
        bomb("Concat", doubled()));
  }

  private static OnnxBuilder doubled() {
    OnnxBuilder model = x(1);
    String last = "x";
    for (int round = 0; round < 40; round++) {
      model.node("n" + round, "Concat", List.of(last, last), integer("axis", 0));
      last = "n" + round;
    }
    return model.node("y", "Relu", List.of(last));
  }

  private static Arguments bomb(String culprit, OnnxBuilder model) {
    return Arguments.of(culprit, model);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void shapesWithoutMeasure(String culprit, OnnxBuilder model) {
    assertThatThrownBy(() -> Lowering.lower(model.file(), Binding.NONE))
        .isInstanceOfAny(StoreException.InvalidOnnx.class, StoreException.UnsupportedOnnx.class)
        .hasMessageContaining(culprit);
  }

  private static GraphProto countingBody() {
    return new OnnxBuilder()
        .input("turn", DataType.INT64)
        .input("goesOn", DataType.BOOL)
        .input("state", DataType.FLOAT32, 1)
        .node("next", "Mul", List.of("state", "state"))
        .node("stays", "Identity", List.of("goesOn"))
        .output("stays", DataType.BOOL)
        .output("next", DataType.FLOAT32, 1)
        .graph();
  }

  @Test
  void loopsWithoutEnd() {
    OnnxBuilder model =
        x(1).constant(OnnxBuilder.int64("turns", new long[] {1L << 40}))
            .node(
                "Loop",
                List.of("turns", "true", "one"),
                List.of("state"),
                subgraph("body", countingBody()))
            .node("y", "Mul", List.of("x", "state"));
    refused(StoreException.UnsupportedOnnx.class, model.file(), "turns of loops");
  }

  @Test
  void graphsNestedWithoutEnd() {
    GraphProto graph = x(1).node("y", "Relu", List.of("x")).graph();
    for (int depth = 0; depth < 100; depth++) {
      graph =
          x(1).node(
                  "y",
                  "If",
                  List.of("true"),
                  subgraph("then_branch", graph),
                  subgraph("else_branch", graph.toBuilder().clearNode().build()))
              .graph();
    }
    refused(
        StoreException.UnsupportedOnnx.class,
        x(1).model().toBuilder().setGraph(graph).build().toByteArray(),
        "nested deeper");
  }

  @Test
  void aMillionNodes() {
    OnnxBuilder model = x(1);
    String last = "x";
    for (int node = 0; node < 1_000_000; node++) {
      model.node("n" + node, "Relu", List.of(last));
      last = "n" + node;
    }
    refused(
        StoreException.UnsupportedOnnx.class,
        model.node("y", "Relu", List.of(last)).file(),
        "nodes; split it");
  }

  /** Deep, but not too long: nothing recurses. */
  @Test
  void longChainsAreFine() {
    OnnxBuilder model = x(1);
    String last = "x";
    for (int node = 0; node < 5_000; node++) {
      model.node("n" + node, "Sin", List.of(last));
      last = "n" + node;
    }
    LoweredModel lowered =
        Lowering.lower(model.node("y", "Sin", List.of(last)).file(), Binding.NONE);
    assertThat(lowered.program().nodes()).hasSize(5_002);
  }

  @Test
  void weightsOfTheWrongLength() {
    TensorProto tensor = OnnxBuilder.int64("w", new long[2], 2).toBuilder().setDims(0, 3).build();
    refused(
        StoreException.InvalidOnnx.class,
        x(1).constant(tensor).node("y", "Add", List.of("x", "w")).file(),
        "'w'");
  }

  @Test
  void elementTypesThatAreNoneOfTheProtocols() {
    TensorProto tensor =
        OnnxBuilder.int64("w", new long[1], 1).toBuilder()
            .setDataType(TensorProto.DataType.DOUBLE.getNumber())
            .build();
    refused(
        StoreException.UnsupportedOnnx.class,
        x(1).constant(tensor).node("y", "Add", List.of("x", "w")).file(),
        "use float32");
  }

  @Test
  void dataInOtherFiles() {
    TensorProto tensor =
        OnnxBuilder.int64("w", new long[1], 1).toBuilder()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("../secret"))
            .build();
    refused(
        StoreException.UnsupportedOnnx.class,
        x(1).constant(tensor).node("y", "Add", List.of("x", "w")).file(),
        "plain name");
  }

  @Test
  void versionsThatNobodyKnows() {
    OnnxBuilder model = x(1).node("y", "Relu", List.of("x"));
    refused(StoreException.UnsupportedOnnx.class, model.opset(999).file(), "convert it");
    refused(StoreException.UnsupportedOnnx.class, model.opset(-1).file(), "convert it");
  }

  @Test
  void operatorsThatNobodyKnows() {
    refused(
        StoreException.UnsupportedOnnx.class,
        x(1).node("y", "Frobnicate", List.of("x")).file(),
        "Frobnicate 'y'");
    GraphProto.Builder custom = x(1).graph().toBuilder();
    custom.addNode(
        NodeProto.newBuilder().setDomain("com.example").setOpType("Magic").addOutput("y"));
    refused(
        StoreException.UnsupportedOnnx.class,
        x(1).model().toBuilder().setGraph(custom).build().toByteArray(),
        "custom domain");
  }

  @Test
  void functionsThatCallThemselves() {
    refused(
        StoreException.InvalidOnnx.class,
        withFunction(
            FunctionProto.newBuilder()
                .setName("Again")
                .addInput("a")
                .addOutput("b")
                .addNode(NodeProto.newBuilder().setOpType("Again").addInput("a").addOutput("b"))),
        "calls itself");
  }

  @Test
  void functionsThatGrowWithoutEnd() {
    FunctionProto.Builder doubling =
        FunctionProto.newBuilder().setName("Again").addInput("a").addOutput("b");
    for (int node = 0; node < 2; node++) {
      doubling.addNode(
          NodeProto.newBuilder().setOpType("Again").addInput("a").addOutput("b" + node));
    }
    refused(StoreException.InvalidOnnx.class, withFunction(doubling), "calls itself");
  }

  @Test
  void functionsOfOtherVersions() {
    refused(
        StoreException.UnsupportedOnnx.class,
        withFunction(
            FunctionProto.newBuilder()
                .setName("Again")
                .addInput("a")
                .addOutput("b")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(7))
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("a").addOutput("b"))),
        "convert it to one version");
  }

  @Test
  void functionsThatTakeLessThanTheyAreGiven() {
    refused(
        StoreException.InvalidOnnx.class,
        withFunction(
            FunctionProto.newBuilder()
                .setName("Again")
                .addOutput("b")
                .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("a").addOutput("b"))),
        "more than the function");
  }

  private static byte[] withFunction(FunctionProto.Builder function) {
    return x(1).node("y", "Again", List.of("x")).model().toBuilder()
        .addFunctions(function)
        .build()
        .toByteArray();
  }

  @Test
  void shapesThatDependOnData() {
    OnnxBuilder model =
        x(4).node("whole", "Cast", List.of("x"), integer("to", DataType.INT64.code()))
            .node("y", "Reshape", List.of("x", "whole"));
    assertThatThrownBy(() -> Lowering.lower(model.file(), Binding.NONE))
        .isInstanceOf(StoreException.UnboundInputs.class)
        .hasMessageContaining("Reshape 'y'")
        .extracting(e -> ((StoreException.UnboundInputs) e).names())
        .isEqualTo(List.of("x"));
  }

  @Test
  void windowsThatAreNone() {
    OnnxBuilder model =
        x(1, 1, 4, 4)
            .floats("w", new float[4], 1, 1, 2, 2)
            .node("y", "Conv", List.of("x", "w"), integerList("strides", 0, 0));
    refused(StoreException.InvalidOnnx.class, model.file(), "stride");
  }

  @Test
  void textsThatAreNone() {
    byte[] text = "not a model".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Lowering.lower(text, Binding.NONE))
        .isInstanceOf(StoreException.InvalidOnnx.class);
  }

  /** A weight is committed as it is, whatever is in a NaN; what is computed has only one. */
  @Test
  void nanWithPayloads() {
    ByteString payload = ByteString.copyFrom(new byte[] {1, 2, (byte) 0xc0, 0x7f});
    TensorProto tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.FLOAT32.code())
            .addDims(1)
            .setRawData(payload)
            .build();
    OnnxBuilder model = x(1).constant(tensor).node("y", "Add", List.of("x", "w"));
    assertThat(ModelRun.outputs(model, ModelRun.tensor(1)).getFirst().element(0))
        .isEqualTo(0x7fc00000);
  }
}
