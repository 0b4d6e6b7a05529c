package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.ModelRun.root;
import static ai.opengradient.store.lowering.OnnxBuilder.number;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model with functions is the model with their bodies in the place of the calls. */
class ModelFunctionsTest {
  private static final String DOMAIN = "com.example";

  private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output);
  }

  private static AttributeProto.Builder reference(String name, String to) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setRefAttrName(to)
        .setType(AttributeType.FLOAT);
  }

  /** LeakyRelu with the caller's slope, or 0.5, and then the negative. */
  private static FunctionProto.Builder leaky() {
    return FunctionProto.newBuilder()
        .setDomain(DOMAIN)
        .setName("Leaky")
        .addInput("x")
        .addOutput("y")
        .addAttributeProto(number("slope", 0.5f))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .addNode(node("LeakyRelu", List.of("x"), "inner").addAttribute(reference("alpha", "slope")))
        .addNode(node("Neg", List.of("inner"), "y"));
  }

  private static ModelProto calling(FunctionProto.Builder function, NodeProto.Builder... nodes) {
    ModelProto.Builder model =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 4).output("out", DataType.FLOAT32, 4).model().toBuilder();
    for (NodeProto.Builder node : nodes) {
      model.getGraphBuilder().addNode(node);
    }
    return model.addFunctions(function).build();
  }

  @Test
  void callsHaveTheirOwnValuesAndAttributes() {
    ModelProto model =
        calling(
            leaky(),
            node("Leaky", List.of("x"), "once")
                .setDomain(DOMAIN)
                .addAttribute(number("slope", 0.25f)),
            node("Leaky", List.of("once"), "out").setDomain(DOMAIN));
    ModelProto inlined =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 4)
            .node("a", "LeakyRelu", List.of("x"), number("alpha", 0.25f))
            .node("b", "Neg", List.of("a"))
            .node("c", "LeakyRelu", List.of("b"), number("alpha", 0.5f))
            .node("out", "Neg", List.of("c"))
            .output("out", DataType.FLOAT32, 4)
            .model();

    assertThat(root(model)).isEqualTo(root(inlined));
  }

  @Test
  void functionsCallFunctionsFromGraphsInsideNodes() {
    GraphProto branch =
        GraphProto.newBuilder()
            .addNode(node("Leaky", List.of("x"), "deep").setDomain(DOMAIN))
            .addOutput(new OnnxBuilder().output("deep", DataType.FLOAT32, 4).graph().getOutput(0))
            .build();
    FunctionProto.Builder chooser =
        FunctionProto.newBuilder()
            .setDomain(DOMAIN)
            .setName("Chooser")
            .addInput("x")
            .addOutput("y")
            .addNode(
                node("Constant", List.of(), "yes")
                    .addAttribute(
                        OnnxBuilder.constantOf(
                            "value",
                            OnnxBuilder.tensor(
                                "", DataType.BOOL, ByteBuffer.wrap(new byte[] {1})))))
            .addNode(
                node("If", List.of("yes"), "y")
                    .addAttribute(OnnxBuilder.subgraph("then_branch", branch))
                    .addAttribute(OnnxBuilder.subgraph("else_branch", branch)));
    ModelProto model =
        calling(chooser, node("Chooser", List.of("x"), "out").setDomain(DOMAIN)).toBuilder()
            .addFunctions(leaky())
            .build();
    ModelProto inlined =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 4)
            .node("a", "LeakyRelu", List.of("x"), number("alpha", 0.5f))
            .node("out", "Neg", List.of("a"))
            .output("out", DataType.FLOAT32, 4)
            .model();

    assertThat(root(model)).isEqualTo(root(inlined));
  }
}
