package ai.opengradient.worker.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.OnnxGraph;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.store.lowering.Lowering;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One MatMul: what is done to its operands and its result is seen at once. */
class DegradedModelTest {
  private static final int SIZE = 64;

  private final SplittableRandom random = new SplittableRandom(11);
  private final float[] weights = floats();
  private final float[] input = floats();
  private final LoweredModel model = Lowering.lower(product(weights), Binding.NONE);

  private float[] floats() {
    float[] floats = new float[SIZE];
    for (int index = 0; index < SIZE; index++) {
      floats[index] = (float) (random.nextDouble() * 4 - 2);
    }
    return floats;
  }

  private static byte[] product(float[] weights) {
    OnnxGraph graph = new OnnxGraph("product");
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1, SIZE);
    String w = graph.weights("w", weights, SIZE, 1);
    graph.node("y", "MatMul", List.of(x, w));
    graph.output("y", TensorProto.DataType.FLOAT, 1, 1);
    return graph.toBytes();
  }

  private float answer(Degradation degradation) {
    DegradedModel degraded = DegradedModel.of(model.program(), model.weights(), degradation);
    Trace trace =
        Trace.of(
            degraded.program(),
            new GivenTensors(
                List.of(WholeTensor.of(Tensor.ofFloats(input, 1, SIZE))),
                degraded.weights(),
                List.of()));
    WholeTensor output = trace.tensors().get(degraded.program().outputs().getFirst()).orElseThrow();
    return Float.intBitsToFloat((int) output.element(0));
  }

  /** Exactly in binary64: 64 products of 48 bits within a narrow range. */
  private static float sum(float[] a, float[] b) {
    double sum = 0;
    for (int index = 0; index < SIZE; index++) {
      sum += (double) a[index] * b[index];
    }
    return (float) sum;
  }

  private interface Rounding {
    float of(float x);
  }

  private static float[] each(float[] floats, Rounding rounding) {
    float[] rounded = new float[floats.length];
    for (int index = 0; index < floats.length; index++) {
      rounded[index] = rounding.of(floats[index]);
    }
    return rounded;
  }

  /** Java's own conversion is the oracle. */
  private static float half(float x) {
    return Float.float16ToFloat(Float.floatToFloat16(x));
  }

  private static float bfloat(float x) {
    int bits = Float.floatToRawIntBits(x);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >> 16 & 1) & 0xffff0000);
  }

  @Test
  void noneIsTheModel() {
    assertThat(DegradedModel.of(model.program(), model.weights(), Degradation.NONE).program())
        .isEqualTo(model.program());
  }

  @Test
  void tf32RoundsFactorsOnly() {
    assertThat(answer(Degradation.TF32))
        .isEqualTo(
            sum(each(input, DegradedModelTest::half), each(weights, DegradedModelTest::half)));
  }

  @Test
  void fp16RoundsTheResultToo() {
    float sum = sum(each(input, DegradedModelTest::half), each(weights, DegradedModelTest::half));
    assertThat(answer(Degradation.FP16)).isEqualTo(half(sum));
  }

  @Test
  void bf16HasEightBits() {
    float sum =
        sum(each(input, DegradedModelTest::bfloat), each(weights, DegradedModelTest::bfloat));
    assertThat(answer(Degradation.BF16)).isEqualTo(bfloat(sum));
  }

  @Test
  void int8WeightsLieOnAGrid() {
    float greatest = 0;
    for (float weight : weights) {
      greatest = Math.max(greatest, Math.abs(weight));
    }
    float step = greatest / 127;
    float[] gridded = each(weights, weight -> (float) Math.rint(weight / step) * step);
    assertThat(answer(Degradation.INT8_WEIGHTS)).isEqualTo(sum(input, gridded));
  }

  @Test
  void oneWeightIsFlipped() {
    float[] flipped = weights.clone();
    int largest = 0;
    for (int index = 0; index < SIZE; index++) {
      largest = Math.abs(weights[index]) > Math.abs(weights[largest]) ? index : largest;
    }
    flipped[largest] = -flipped[largest];
    assertThat(answer(Degradation.FLIPPED_WEIGHT)).isEqualTo(sum(input, flipped));
  }

  @Test
  void ofAQuantisedModelAnInt8WeightIsFlipped() {
    OnnxGraph graph = new OnnxGraph("quantised");
    String x = graph.input("x", TensorProto.DataType.UINT8, 1, 3);
    String w = graph.constant("w", TensorProto.DataType.INT8, new byte[] {3, -90, 5}, 3, 1);
    graph.node("y", "MatMulInteger", List.of(x, w));
    graph.output("y", TensorProto.DataType.INT32, 1, 1);
    LoweredModel quantised = Lowering.lower(graph.toBytes(), Binding.NONE);
    DegradedModel degraded =
        DegradedModel.of(quantised.program(), quantised.weights(), Degradation.FLIPPED_WEIGHT);
    Tensor input = Tensor.of(TensorType.of(DataType.UINT8, 1, 3), new byte[] {1, 2, 1});

    Trace trace =
        Trace.of(
            degraded.program(),
            new GivenTensors(List.of(WholeTensor.of(input)), degraded.weights(), List.of()));

    assertThat(
            trace.tensors().get(degraded.program().outputs().getFirst()).orElseThrow().element(0))
        .isEqualTo(3 + 180 + 5);
    assertThat(
            DegradedModel.of(quantised.program(), quantised.weights(), Degradation.INT8_WEIGHTS)
                .program())
        .isEqualTo(quantised.program());
  }
}
