package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest {
  /** A convolution of two spatial axes, with everything uneven. */
  private record Shape(
      int channels,
      int outputs,
      int groups,
      List<Integer> size,
      List<Integer> kernel,
      List<Integer> strides,
      List<Integer> dilations,
      List<Integer> before,
      List<Integer> after) {
    static Shape random(Random random) {
      int groups = 1 + random.nextInt(3);
      return new Shape(
          groups * (1 + random.nextInt(3)),
          groups * (1 + random.nextInt(3)),
          groups,
          pair(random, 6, 10),
          pair(random, 1, 4),
          pair(random, 1, 4),
          pair(random, 1, 3),
          pair(random, 0, 4),
          pair(random, 0, 4));
    }

    private static List<Integer> pair(Random random, int from, int to) {
      return List.of(random.nextInt(from, to), random.nextInt(from, to));
    }

    int places(int axis) {
      int span = (kernel.get(axis) - 1) * dilations.get(axis) + 1;
      return (size.get(axis) + before.get(axis) + after.get(axis) - span) / strides.get(axis) + 1;
    }

    int termsOfGroup() {
      return channels / groups;
    }

    /** One element, term by term. */
    float element(float[] x, float[] weights, int output, int row, int column) {
      float sum = 0;
      int firstChannel = output / (outputs / groups) * termsOfGroup();
      for (int channel = 0; channel < termsOfGroup(); channel++) {
        for (int down = 0; down < kernel.get(0); down++) {
          for (int right = 0; right < kernel.get(1); right++) {
            int y = row * strides.get(0) - before.get(0) + down * dilations.get(0);
            int z = column * strides.get(1) - before.get(1) + right * dilations.get(1);
            if (y >= 0 && y < size.get(0) && z >= 0 && z < size.get(1)) {
              float factor =
                  weights[
                      ((output * termsOfGroup() + channel) * kernel.get(0) + down) * kernel.get(1)
                          + right];
              sum += factor * x[((firstChannel + channel) * size.get(0) + y) * size.get(1) + z];
            }
          }
        }
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void isThePlainSum(long seed) {
    Random random = new Random(seed);
    Shape shape = Shape.random(random);
    float[] x =
        ModelRun.smallIntegers(random, shape.channels * shape.size.get(0) * shape.size.get(1));
    float[] weights =
        ModelRun.smallIntegers(
            random,
            shape.outputs * shape.termsOfGroup() * shape.kernel.get(0) * shape.kernel.get(1));

    float[] result =
        ModelRun.floats(
            new OnnxBuilder()
                .input(
                    "x", DataType.FLOAT32, 1, shape.channels, shape.size.get(0), shape.size.get(1))
                .floats(
                    "w",
                    weights,
                    shape.outputs,
                    shape.termsOfGroup(),
                    shape.kernel.get(0),
                    shape.kernel.get(1))
                .node(
                    "y",
                    "Conv",
                    List.of("x", "w"),
                    integer("group", shape.groups),
                    integerList("strides", shape.strides.get(0), shape.strides.get(1)),
                    integerList("dilations", shape.dilations.get(0), shape.dilations.get(1)),
                    integerList(
                        "pads",
                        shape.before.get(0),
                        shape.before.get(1),
                        shape.after.get(0),
                        shape.after.get(1)))
                .output("y", DataType.FLOAT32, 1, shape.outputs, shape.places(0), shape.places(1)),
            ModelRun.tensor(x));

    float[] expected = new float[shape.outputs * shape.places(0) * shape.places(1)];
    int index = 0;
    for (int output = 0; output < shape.outputs; output++) {
      for (int row = 0; row < shape.places(0); row++) {
        for (int column = 0; column < shape.places(1); column++) {
          expected[index++] = shape.element(x, weights, output, row, column);
        }
      }
    }
    assertThat(result).as("seed %d: %s", seed, shape).isEqualTo(expected);
  }

  /**
   * w′ = w·s, b′ = (b − mean)·s + bias, s = scale / √(variance + ε), each rounded; then one sum.
   */
  @Test
  void takesInTheNormalisationThatAloneReadsIt() {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      float x = random.nextFloat();
      float w = random.nextFloat();
      float b = random.nextFloat();
      float scale = random.nextFloat();
      float bias = random.nextFloat();
      float mean = random.nextFloat();
      float variance = random.nextFloat();

      OnnxBuilder model =
          normalised(w, b, scale, bias, mean, variance).output("y", DataType.FLOAT32, 1, 1, 1);
      float s = scale / (float) Math.sqrt(variance + 1e-5f);
      float expected = Math.fma(x, w * s, (b - mean) * s + bias);

      assertThat(ModelRun.floats(model, ModelRun.tensor(x))).containsExactly(expected);
      assertThat(kinds(model)).containsExactly("input", "weight", "weight", "fold");
    }
  }

  @Test
  void leavesTheNormalisationAloneIfSomebodyElseReadsTheConvolution() {
    OnnxBuilder model =
        normalised(2, 1, 3, 5, 7, 1)
            .output("y", DataType.FLOAT32, 1, 1, 1)
            .output("convolved", DataType.FLOAT32, 1, 1, 1);
    float s = 3 / (float) Math.sqrt(1 + 1e-5f);
    assertThat(ModelRun.floats(model, ModelRun.tensor(4))).containsExactly(9 * s + (5 - 7 * s));
    assertThat(kinds(model)).contains("map");
  }

  private static OnnxBuilder normalised(
      float w, float b, float scale, float bias, float mean, float variance) {
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 1, 1, 1)
        .floats("w", new float[] {w}, 1, 1, 1)
        .floats("b", new float[] {b}, 1)
        .floats("scale", new float[] {scale}, 1)
        .floats("bias", new float[] {bias}, 1)
        .floats("mean", new float[] {mean}, 1)
        .floats("variance", new float[] {variance}, 1)
        .node("convolved", "Conv", List.of("x", "w", "b"))
        .node("y", "BatchNormalization", List.of("convolved", "scale", "bias", "mean", "variance"));
  }

  @Test
  void aNetworkHasOneFoldForEachConvolutionAndLaysNothingAnewButItsInput() {
    LoweredModel lowered =
        Lowering.lower(ResidualNetwork.of(64, 8, 1, 1, 1, 1).file(), Binding.NONE);
    List<Node> nodes = lowered.program().nodes();
    assertThat(
            nodes.stream()
                .filter(
                    node -> node instanceof Node.Fold fold && fold.reduction() == Reduction.DOT))
        .as("1 + 4 · 4 convolutions and a matrix product")
        .hasSize(18);
    assertThat(
            nodes.stream()
                .filter(node ->
                    node instanceof Node.Map map && map.expression().primitives().isEmpty()))
        .as("the input with its channels innermost")
        .hasSize(1);
    assertThat(lowered.discontinuous()).isFalse();
  }

  private static List<String> kinds(OnnxBuilder model) {
    return Lowering.lower(model.file(), Binding.NONE).program().nodes().stream()
        .map(node ->
            switch (node) {
              case Node.Input input -> "input";
              case Node.Weight weight -> "weight";
              case Node.Claim claim -> "claim";
              case Node.Map map -> "map";
              case Node.Fold fold -> "fold";
              case Node.Gather gather -> "gather";
            })
        .toList();
  }
}
