package ai.opengradient.store.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisationTest {
  /** (sa ⊗ sb) ⊘ sy, then the sum times that, rounded to even, limited, plus the zero point. */
  @Test
  void aProductIsScaledByOneRoundedFactor() {
    Random random = new Random(11);
    for (int round = 0; round < 100; round++) {
      byte[] a = bytes(random, 4);
      byte[] b = bytes(random, 4);
      byte[] zeros = bytes(random, 3);
      float[] scales = {random.nextFloat(), random.nextFloat(), 8 * random.nextFloat()};
      int sum = 0;
      for (int term = 0; term < a.length; term++) {
        sum += (a[term] - zeros[0]) * (b[term] - zeros[1]);
      }
      float scaled = sum * (scales[0] * scales[1] / scales[2]);
      float level = Math.max(-128 - zeros[2], Math.min(127 - zeros[2], (float) Math.rint(scaled)));

      assertThat(ModelRun.integers(product(b, zeros, scales), ModelRun.tensor(DataType.INT8, a)))
          .containsExactly((long) level + zeros[2]);
    }
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static OnnxBuilder product(byte[] b, byte[] zeros, float[] scales) {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("a", DataType.INT8, 1, 4)
            .bytes("b", DataType.INT8, b, 4, 1)
            .output("y", DataType.INT8, 1, 1);
    for (int at = 0; at < zeros.length; at++) {
      model.bytes("zero" + at, DataType.INT8, new byte[] {zeros[at]});
      model.floats("scale" + at, new float[] {scales[at]});
    }
    return model.node(
        "y",
        "QLinearMatMul",
        List.of("a", "scale0", "zero0", "b", "scale1", "zero1", "scale2", "zero2"));
  }

  @Test
  void levelsAreLimitedWhileTheyAreFloats() {
    OnnxBuilder model =
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 8)
            .floats("scale", new float[] {0.5f})
            .bytes("zero", DataType.UINT8, new byte[] {3})
            .node("y", "QuantizeLinear", List.of("x", "scale", "zero"))
            .output("y", DataType.UINT8, 8);
    assertThat(
            ModelRun.integers(
                model,
                ModelRun.tensor(
                    Float.NaN,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    1e30f,
                    0.25f,
                    0.75f,
                    -1.5f,
                    126)))
        .containsExactly(3, 255, 0, 255, 3, 5, 0, 255);
  }
}
