package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a small change of a float can change an output by a leap. */
class DiscontinuityTest {
  private static boolean isDiscontinuous(OnnxBuilder model) {
    return Lowering.lower(model.file(), Binding.NONE).discontinuous();
  }

  private static OnnxBuilder of(String operator, DataType type, AttributeProto... attributes) {
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 2, 3)
        .node("y", operator, List.of("x"), attributes)
        .output("y", type, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Relu",
        "Sigmoid",
        "Softmax",
        "Gelu",
        "Abs",
        "Clip",
        "LeakyRelu",
        "Exp",
        "Tanh",
        "Elu",
        "Selu",
        "Softplus",
        "HardSwish",
        "HardSigmoid",
        "Mish",
        "Erf",
        "Celu",
        "Softsign"
      })
  void notByContinuousFunctions(String operator) {
    assertThat(isDiscontinuous(of(operator, DataType.FLOAT32).opset(22))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Floor", "Ceil", "Round", "Sign"})
  void byRounding(String operator) {
    assertThat(isDiscontinuous(of(operator, DataType.FLOAT32))).isTrue();
  }

  @Test
  void byCastsToIntegers() {
    assertThat(isDiscontinuous(of("Cast", DataType.INT32, integer("to", DataType.INT32.code()))))
        .isTrue();
  }

  @Test
  void byPositions() {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 2, 3)
            .node("y", "ArgMax", List.of("x"), integer("axis", 1))
            .output("y", DataType.INT64, 2, 1);
    assertThat(isDiscontinuous(model)).isTrue();
  }

  @Test
  void byComparisonsThatDecide() {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 3)
            .floats("half", new float[] {0.5f})
            .node("isMore", "Greater", List.of("x", "half"))
            .node("y", "Where", List.of("isMore", "x", "half"))
            .output("y", DataType.FLOAT32, 3);
    assertThat(isDiscontinuous(model)).isTrue();
  }

  @Test
  void notByWhatNoOutputNeeds() {
    OnnxBuilder model =
        of("Relu", DataType.FLOAT32).node("place", "ArgMax", List.of("x"), integer("axis", 1));
    assertThat(isDiscontinuous(model)).isFalse();
  }

  @Test
  void notByConstants() {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 2)
            .floats("numbers", new float[] {0.5f, 1.5f}, 2)
            .node("whole", "Floor", List.of("numbers"))
            .node("y", "Mul", List.of("x", "whole"))
            .output("y", DataType.FLOAT32, 2);
    assertThat(isDiscontinuous(model)).isFalse();
  }

  @Test
  void notByIntegers() {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("ids", DataType.INT64, 4)
            .floats("table", new float[] {1, 2, 3, 4, 5, 6}, 3, 2)
            .node("rows", "Gather", List.of("table", "ids"))
            .node("y", "ReduceMean", List.of("rows"), integerList("axes", 0))
            .output("y", DataType.FLOAT32, 1, 2);
    assertThat(isDiscontinuous(model)).isFalse();
  }
}
