package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.plain.PlainHand;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fold of every type: the FOLD of it, and the plain hand, against the third hand. */
class GoldenFoldsTest {
  @ParameterizedTest
  @MethodSource("groups")
  void agree(JsonNode group) {
    Reduction reduction = Reduction.valueOf(group.get("name").textValue());
    DataType result = DataType.fromLabel(group.get("resultType").textValue());
    List<DataType> types = GoldenVectors.types(group.get("operandTypes"));
    for (JsonNode vector : group.get("cases")) {
      List<WholeTensor> operands = new ArrayList<>();
      for (int at = 0; at < types.size(); at++) {
        operands.add(tensor(types.get(at), GoldenVectors.bytes(vector.get("terms").get(at))));
      }
      int terms = operands.getFirst().count();
      Optional<WholeTensor> addend =
          Optional.ofNullable(vector.get("c"))
              .map(c -> ScalarNodes.scalar(result, GoldenVectors.bytes(c)));
      byte[] expected = GoldenVectors.bytes(vector.get("result"));
      long plain =
          PlainHand.fold(
              reduction,
              result,
              types,
              operands.stream().map(GoldenFoldsTest::elements).toList(),
              addend.map(c -> c.element(0)).orElse(null));
      assertThat(ScalarNodes.bytes(result, plain)).as("plain, %s", vector).isEqualTo(expected);

      List<WholeTensor> all = new ArrayList<>(operands);
      addend.ifPresent(all::add);
      Node.Fold node = node(reduction, result, types, terms, addend.isPresent());
      long element = ElementRule.of(node, all).orElseThrow().element(0);
      assertThat(ScalarNodes.bytes(result, element)).as("%s", vector).isEqualTo(expected);
    }
  }

  private static WholeTensor tensor(DataType type, byte[] data) {
    return new WholeTensor(type, data.length / type.width(), ByteBuffer.wrap(data));
  }

  private static long[] elements(WholeTensor tensor) {
    return IntStream.range(0, tensor.count()).mapToLong(tensor::element).toArray();
  }

  /** A fold of one element. Of no terms it has one, which is beyond the operands' elements. */
  private static Node.Fold node(
      Reduction reduction, DataType result, List<DataType> types, int terms, boolean hasAddend) {
    int extent = Math.max(1, terms);
    View view = View.of(View.Axis.along(extent, 0));
    List<Operand> factors =
        IntStream.range(0, types.size())
            .mapToObj(at -> new Operand(at, types.get(at), view))
            .toList();
    Optional<Operand> addend =
        hasAddend ? Optional.of(new Operand(types.size(), result, View.SCALAR)) : Optional.empty();
    return new Node.Fold(result, reduction, Space.SCALAR, Space.of(extent), factors, addend);
  }

  static Stream<Named<JsonNode>> groups() {
    return GoldenVectors.read("folds.json", "folds")
        .map(group ->
            Named.of(
                group.get("name").textValue()
                    + " "
                    + group.get("operandTypes")
                    + " "
                    + group.get("resultType"),
                group));
  }
}
