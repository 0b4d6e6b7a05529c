package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.plain.PlainHand;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive of every type: the MAP of it, and the plain hand, against the third hand. */
class GoldenPrimitivesTest {
  @ParameterizedTest
  @MethodSource("groups")
  void agree(JsonNode group) {
    List<DataType> types = GoldenVectors.types(group.get("operandTypes"));
    DataType result = DataType.fromLabel(group.get("resultType").textValue());
    for (JsonNode vector : group.get("cases")) {
      Primitive primitive = primitive(group, result, types.size(), vector);
      Node.Map node = ScalarNodes.of(result, types, primitive);
      List<WholeTensor> operands = new ArrayList<>();
      for (int at = 0; at < types.size(); at++) {
        operands.add(ScalarNodes.scalar(types.get(at), GoldenVectors.bytes(vector.get(at))));
      }
      byte[] expected = GoldenVectors.bytes(vector.get(vector.size() - 1));
      long element = ElementRule.of(node, operands).orElseThrow().element(0);
      assertThat(ScalarNodes.bytes(result, element)).as("%s", vector).isEqualTo(expected);
      long plain =
          PlainHand.compute(
              primitive, types, operands.stream().map(operand -> operand.element(0)).toList());
      assertThat(ScalarNodes.bytes(result, plain)).as("plain, %s", vector).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void functionsAgree(JsonNode group) {
    UnaryFunction function = UnaryFunction.valueOf(group.get("name").textValue());
    assertThat(function.code()).isEqualTo(group.get("code").intValue());
    Node.Map node =
        ScalarNodes.of(
            DataType.FLOAT32, List.of(DataType.FLOAT32), new Primitive.Function(function, 0));
    for (String list : List.of("cases", "hard")) {
      for (JsonNode vector : group.get(list)) {
        WholeTensor x = ScalarNodes.scalar(DataType.FLOAT32, GoldenVectors.bytes(vector.get(0)));
        int expected = GoldenVectors.bits(vector.get(1));
        assertThat((int) ElementRule.of(node, List.of(x)).orElseThrow().element(0))
            .as("%s", vector)
            .isEqualTo(expected);
        assertThat(PlainHand.function(function, GoldenVectors.bits(vector.get(0))))
            .as("plain, %s", vector)
            .isEqualTo(expected);
      }
    }
  }

  private static Primitive primitive(
      JsonNode group, DataType result, int operands, JsonNode vector) {
    return switch (group.get("name").textValue()) {
      case "CAST" -> new Primitive.Cast(result, 0);
      case "WITHIN" ->
          new Primitive.Within(
              0, 1, new Band(GoldenVectors.bits(vector.get(2)), GoldenVectors.bits(vector.get(3))));
      default ->
          new Primitive.Apply(
              Operation.valueOf(group.get("name").textValue()),
              IntStream.range(0, operands).boxed().toList());
    };
  }

  static Stream<Named<JsonNode>> groups() {
    return GoldenVectors.read("primitives.json", "primitives").map(GoldenPrimitivesTest::named);
  }

  static Stream<Named<JsonNode>> functions() {
    return GoldenVectors.read("functions.json", "functions").map(GoldenPrimitivesTest::named);
  }

  private static Named<JsonNode> named(JsonNode group) {
    return Named.of(group.get("name").textValue() + " " + group.path("operandTypes"), group);
  }
}
