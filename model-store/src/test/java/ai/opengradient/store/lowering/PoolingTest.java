package ai.opengradient.store.lowering;

import static ai.opengradient.store.lowering.OnnxBuilder.integer;
import static ai.opengradient.store.lowering.OnnxBuilder.integerList;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolingTest {
  /** One spatial axis. */
  private record Window(int size, int kernel, int stride, int dilation, int before, int after) {
    static Window random(Random random) {
      int kernel = 2 + random.nextInt(3);
      int dilation = 1 + random.nextInt(2);
      return new Window(
          8 + random.nextInt(6),
          kernel,
          1 + random.nextInt(4),
          dilation,
          random.nextInt(kernel),
          random.nextInt(kernel));
    }

    int places() {
      return (size + before + after - (kernel - 1) * dilation - 1) / stride + 1;
    }

    float greatest(float[] x, int place) {
      float greatest = Float.NEGATIVE_INFINITY;
      for (int element = 0; element < kernel; element++) {
        int at = place * stride - before + element * dilation;
        greatest = at >= 0 && at < size ? Math.max(greatest, x[at]) : greatest;
      }
      return greatest;
    }

    /** Rounded once: the sums of small integers are exact. */
    float mean(float[] x, int place, boolean countsPadding) {
      float sum = 0;
      int count = 0;
      for (int element = 0; element < kernel; element++) {
        int at = place * stride - before + element * dilation;
        boolean isThere = at >= 0 && at < size;
        sum += isThere ? x[at] : 0;
        count += isThere || countsPadding ? 1 : 0;
      }
      return sum / count;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isThePlainWindow(long seed) {
    Random random = new Random(seed);
    Window window = Window.random(random);
    float[] x = new float[window.size];
    for (int index = 0; index < x.length; index++) {
      x[index] = random.nextInt(-20, 21);
    }
    float[] greatest = new float[window.places()];
    float[] means = new float[window.places()];
    float[] padded = new float[window.places()];
    for (int place = 0; place < window.places(); place++) {
      greatest[place] = window.greatest(x, place);
      means[place] = window.mean(x, place, false);
      padded[place] = window.mean(x, place, true);
    }

    assertThat(run("MaxPool", window, x, false)).as("%s", window).isEqualTo(greatest);
    assertThat(run("AveragePool", window, x, false)).as("%s", window).isEqualTo(means);
    assertThat(run("AveragePool", window, x, true)).as("%s", window).isEqualTo(padded);
  }

  private static float[] run(String operator, Window window, float[] x, boolean countsPadding) {
    OnnxBuilder model =
        new OnnxBuilder()
            .opset(19)
            .input("x", DataType.FLOAT32, 1, 1, window.size)
            .node(
                "y",
                operator,
                List.of("x"),
                integerList("kernel_shape", window.kernel),
                integerList("strides", window.stride),
                integerList("dilations", window.dilation),
                integerList("pads", window.before, window.after),
                integer("count_include_pad", countsPadding ? 1 : 0))
            .output("y", DataType.FLOAT32, 1, 1, window.places());
    return ModelRun.floats(model, ModelRun.tensor(x));
  }
}
