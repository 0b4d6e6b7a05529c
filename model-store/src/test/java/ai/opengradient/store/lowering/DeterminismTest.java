package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.ModelRun.root;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has no meaning in a file has no influence on the program. */
class DeterminismTest {
  /** A network; branches, a loop and an outer value in it. */
  static Stream<OnnxBuilder> models() {
    return Stream.of(ResidualNetwork.of(32, 4, 1, 1), branching());
  }

  private static OnnxBuilder branching() {
    GraphProto more =
        new OnnxBuilder()
            .node("more/y", "Add", List.of("state", "step"))
            .output("more/y", DataType.FLOAT32, 3)
            .graph();
    GraphProto less =
        new OnnxBuilder()
            .node("less/y", "Sub", List.of("state", "step"))
            .output("less/y", DataType.FLOAT32, 3)
            .graph();
    GraphProto body =
        new OnnxBuilder()
            .input("turn", DataType.INT64)
            .input("goesOn", DataType.BOOL)
            .input("state", DataType.FLOAT32, 3)
            .node("odd", "Mod", List.of("turn", "two"))
            .node("isOdd", "Cast", List.of("odd"), OnnxBuilder.integer("to", DataType.BOOL.code()))
            .node(
                "next",
                "If",
                List.of("isOdd"),
                OnnxBuilder.subgraph("then_branch", more),
                OnnxBuilder.subgraph("else_branch", less))
            .node("stays", "Identity", List.of("goesOn"))
            .output("stays", DataType.BOOL)
            .output("next", DataType.FLOAT32, 3)
            .graph();
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 3)
        .input("step", DataType.FLOAT32, 3)
        .constant(OnnxBuilder.int64("turns", new long[] {5}))
        .constant(OnnxBuilder.int64("two", new long[] {2}))
        .bytes("true", DataType.BOOL, new byte[] {1})
        .floats("same", new float[] {1, 2, 3}, 3)
        .floats("sameAgain", new float[] {1, 2, 3}, 3)
        .node("start", "Mul", List.of("x", "same"))
        .node(
            "Loop",
            List.of("turns", "true", "start"),
            List.of("end"),
            OnnxBuilder.subgraph("body", body))
        .node("y", "Div", List.of("end", "sameAgain"))
        .output("y", DataType.FLOAT32, 3);
  }

  @ParameterizedTest
  @MethodSource("models")
  void orderHasNoInfluence(OnnxBuilder model) {
    Hash root = root(model.model());
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      assertThat(root(shuffled(model.model(), random))).as("seed %d", seed).isEqualTo(root);
    }
  }

  private static ModelProto shuffled(ModelProto model, Random random) {
    return model.toBuilder().setGraph(shuffled(model.getGraph(), random)).build();
  }

  private static GraphProto shuffled(GraphProto graph, Random random) {
    List<TensorProto> constants = new ArrayList<>(graph.getInitializerList());
    Collections.shuffle(constants, random);
    List<NodeProto> nodes = new ArrayList<>();
    graph.getNodeList().forEach(node -> nodes.add(shuffled(node, random)));
    nodes.add(NodeProto.newBuilder().setOpType("Abs").addInput("x").addOutput("unused").build());
    Collections.shuffle(nodes, random);
    return graph.toBuilder()
        .clearInitializer()
        .addAllInitializer(constants)
        .clearNode()
        .addAllNode(nodes)
        .addValueInfo(ValueInfoProto.newBuilder().setName("unused").setDocString("nothing"))
        .setDocString("shuffled " + random.nextInt())
        .build();
  }

  private static NodeProto shuffled(NodeProto node, Random random) {
    List<AttributeProto> attributes = new ArrayList<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.add(
          attribute.hasG()
              ? attribute.toBuilder().setG(shuffled(attribute.getG(), random)).build()
              : attribute);
    }
    Collections.shuffle(attributes, random);
    return node.toBuilder().clearAttribute().addAllAttribute(attributes).build();
  }

  @ParameterizedTest
  @MethodSource("models")
  void namesHaveNoInfluence(OnnxBuilder model) {
    assertThat(root(renamed(model.model()))).isEqualTo(root(model.model()));
  }

  private static ModelProto renamed(ModelProto model) {
    return model.toBuilder().setGraph(renamed(model.getGraph())).build();
  }

  private static GraphProto renamed(GraphProto graph) {
    UnaryOperator<String> other = name -> name.isEmpty() ? name : "İ" + name.hashCode() + name;
    GraphProto.Builder renamed = graph.toBuilder();
    renamed.getInputBuilderList().forEach(value -> value.setName(other.apply(value.getName())));
    renamed.getOutputBuilderList().forEach(value -> value.setName(other.apply(value.getName())));
    renamed
        .getInitializerBuilderList()
        .forEach(tensor -> tensor.setName(other.apply(tensor.getName())));
    for (NodeProto.Builder node : renamed.getNodeBuilderList()) {
      List<String> inputs = node.getInputList().stream().map(other).toList();
      List<String> outputs = node.getOutputList().stream().map(other).toList();
      node.clearInput().addAllInput(inputs).clearOutput().addAllOutput(outputs).setName("n");
      node.getAttributeBuilderList().stream()
          .filter(AttributeProto.Builder::hasG)
          .forEach(attribute -> attribute.setG(renamed(attribute.getG())));
    }
    return renamed.build();
  }

  @ParameterizedTest
  @MethodSource("models")
  void whereConstantsLieInTheFileHasNoInfluence(OnnxBuilder model) {
    GraphProto.Builder graph = model.model().getGraph().toBuilder();
    List<TensorProto> constants = graph.getInitializerList();
    graph.clearInitializer();
    for (TensorProto constant : constants) {
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("Constant")
              .addOutput(constant.getName())
              .addAttribute(OnnxBuilder.constantOf("value", constant)));
    }
    assertThat(root(model.model().toBuilder().setGraph(graph).build()))
        .isEqualTo(root(model.model()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void localeAndTimeZoneHaveNoInfluence(OnnxBuilder model) {
    Hash root = root(model.model());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      assertThat(root(model.model())).isEqualTo(root);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void unknownFieldsHaveNoInfluence() throws InvalidProtocolBufferException {
    ModelProto model = branching().model();
    ByteString extended =
        model.toByteString().concat(ByteString.copyFrom(new byte[] {(byte) 0xf8, 7, 1}));
    assertThat(root(ModelProto.parseFrom(extended))).isEqualTo(root(model));
  }

  /** A change here is a new version of the lowering: registered roots are of the old one. */
  @Test
  void rootsStay() {
    assertThat(models().map(model -> root(model.model()).toString()))
        .containsExactly(
            "0x9dc85fa6b83bb7fd9762662fe4953c00dc0ce0e12b1ad6834c388b40bd3f41dd",
            "0x50eb1fde571449b25c2f8243267785a6e0758bc4b57f8ae191122a7d6fbd418e");
  }
}
