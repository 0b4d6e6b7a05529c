package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransposedConvolutionTest {
  /** One spatial axis, with everything uneven. */
  private record Shape(
      int groups,
      int inputs,
      int outputs,
      int size,
      int kernel,
      int stride,
      int dilation,
      int before,
      int after,
      int more) {
    static Shape random(Random random) {
      int stride = 1 + random.nextInt(4);
      return new Shape(
          1 + random.nextInt(3),
          1 + random.nextInt(3),
          1 + random.nextInt(3),
          4 + random.nextInt(4),
          1 + random.nextInt(4),
          stride,
          1 + random.nextInt(3),
          random.nextInt(3),
          random.nextInt(3),
          random.nextInt(stride));
    }

    int channels() {
      return groups * inputs;
    }

    int rows() {
      return groups * outputs;
    }

    int places() {
      return stride * (size - 1) + more + (kernel - 1) * dilation + 1 - before - after;
    }

    /** Each element of the input is added where its window reaches. */
    float[] spread(float[] x, float[] weights) {
      float[] result = new float[rows() * places()];
      for (int channel = 0; channel < channels(); channel++) {
        for (int place = 0; place < size; place++) {
          for (int output = 0; output < outputs; output++) {
            for (int element = 0; element < kernel; element++) {
              int target = place * stride + element * dilation - before;
              if (target >= 0 && target < places()) {
                int row = channel / inputs * outputs + output;
                result[row * places() + target] +=
                    x[channel * size + place]
                        * weights[(channel * outputs + output) * kernel + element];
              }
            }
          }
        }
      }
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void addsUpWhereWindowsReach(long seed) {
    Random random = new Random(seed);
    Shape shape = Shape.random(random);
    float[] x = ModelRun.smallIntegers(random, shape.groups * shape.inputs * shape.size);
    float[] weights =
        ModelRun.smallIntegers(random, shape.groups * shape.inputs * shape.outputs * shape.kernel);

    float[] result =
        ModelRun.floats(
            new OnnxBuilder()
                .input("x", DataType.FLOAT32, 1, shape.channels(), shape.size)
                .floats("w", weights, shape.channels(), shape.outputs, shape.kernel)
                .node(
                    "y",
                    "ConvTranspose",
                    List.of("x", "w"),
                    integer("group", shape.groups),
                    integerList("strides", shape.stride),
                    integerList("dilations", shape.dilation),
                    integerList("pads", shape.before, shape.after),
                    integerList("output_padding", shape.more))
                .output("y", DataType.FLOAT32, 1, shape.rows(), shape.places()),
            ModelRun.tensor(x));

    assertThat(result).as("seed %d: %s", seed, shape).isEqualTo(shape.spread(x, weights));
  }
}
