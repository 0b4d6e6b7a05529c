package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Caps;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.StepGas;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds of more terms than a step can have become several, and mean the same. */
class LongFoldTest {
  private static final long DEAR = 4_000_000;

  private static float[] numbers(long seed, int count) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int index = 0; index < count; index++) {
      numbers[index] = random.nextInt(1 << 20);
    }
    return numbers;
  }

  private static OnnxBuilder model(int count, String operator, DataType type) {
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 1, count)
        .node("y", operator, List.of("x"), reduction(operator), integer("keepdims", 0))
        .output("y", type, 1);
  }

  private static AttributeProto reduction(String operator) {
    return operator.startsWith("Arg") ? integer("axis", 1) : integerList("axes", 1);
  }

  private static void stepsCanBePaidFor(OnnxBuilder model, long dear) {
    for (Node node : Lowering.lower(model.file(), Binding.NONE).program().nodes()) {
      if (node instanceof Node.Fold fold) {
        assertThat(fold.terms().size()).isLessThanOrEqualTo(Caps.TERMS);
        assertThat(StepGas.of(fold)).isLessThanOrEqualTo(dear);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_192, 8_193, 65_537, 100_003, 300_000})
  void extremesAndTheirPlaces(int count) {
    float[] numbers = numbers(count, count);
    numbers[count - 2] = 1 << 21;
    numbers[count - 1] = 1 << 21;
    WholeTensor x = ModelRun.tensor(numbers);

    for (String operator : List.of("ReduceMax", "ReduceMin")) {
      stepsCanBePaidFor(model(count, operator, DataType.FLOAT32), DEAR);
    }
    stepsCanBePaidFor(model(count, "ArgMax", DataType.INT64), DEAR);
    assertThat(ModelRun.floats(model(count, "ReduceMax", DataType.FLOAT32), x))
        .containsExactly(1 << 21);
    assertThat(ModelRun.integers(model(count, "ArgMax", DataType.INT64), x))
        .as("the first of equal ones")
        .containsExactly(count - 2);
    assertThat(ModelRun.integers(model(count, "ArgMin", DataType.INT64), x))
        .containsExactly(firstLeast(numbers));
  }

  private static int firstLeast(float[] numbers) {
    int least = 0;
    for (int index = 1; index < numbers.length; index++) {
      if (numbers[index] < numbers[least]) {
        least = index;
      }
    }
    return least;
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 65_537, 100_003})
  void sums(int count) {
    float[] numbers = new float[count];
    float expected = 0;
    Random random = new Random(count);
    for (int index = 0; index < count; index++) {
      numbers[index] = random.nextInt(16);
      expected += numbers[index];
    }
    OnnxBuilder model = model(count, "ReduceSumSquare", DataType.FLOAT32);
    float squares = 0;
    for (float number : numbers) {
      squares += number * number;
    }
    stepsCanBePaidFor(model(count, "ReduceMean", DataType.FLOAT32), StepGas.SUM_CAP);
    assertThat(ModelRun.floats(model, ModelRun.tensor(numbers))).containsExactly(squares);
    assertThat(
            ModelRun.floats(model(count, "ReduceMean", DataType.FLOAT32), ModelRun.tensor(numbers)))
        .containsExactly((float) ((double) expected / count));
  }
}
