package ai.opengradient.examples.shapes;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/** Seeded inputs of the kind that each network expects. */
final class SampleInputs {
  private static final int STEPS = 64;

  private final OrtEnvironment environment;
  private final SplitMix64 random;

  SampleInputs(OrtEnvironment environment, long seed) {
    this.environment = environment;
    random = SplitMix64.of(seed, 0);
  }

  Map<String, OnnxTensor> of(ExampleShape shape) throws OrtException {
    return switch (shape) {
      case RESNET_50 -> Map.of("pixel_values", normal(1, 3, 224, 224));
      case BERT_BASE -> text(BertBase.BASE);
      case QUANTISED_CNN -> Map.of("image", pixels(1, 3, 64, 64));
      case LSTM -> Map.of("series", normal(1, STEPS, LstmForecaster.FEATURES));
      case GEMM -> Map.of("rows", normal(768, 768));
      case CONVOLUTION -> Map.of("image", normal(1, 256, 28, 28));
    };
  }

  /** Two sentences, and filling behind them. */
  Map<String, OnnxTensor> text(BertBase.Size size) throws OrtException {
    int length = size.length();
    int used = length * 5 / 8;
    long[] tokens = new long[length];
    long[] types = new long[length];
    long[] mask = new long[length];
    for (int position = 0; position < used; position++) {
      tokens[position] = (long) random.between(0, size.vocabulary());
      types[position] = position < used / 2 ? 0 : 1;
      mask[position] = 1;
    }
    return Map.of(
        "input_ids", integers(tokens),
        "token_type_ids", integers(types),
        "attention_mask", integers(mask));
  }

  private OnnxTensor integers(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private OnnxTensor normal(long... shape) throws OrtException {
    FloatBuffer values = FloatBuffer.allocate(count(shape));
    while (values.hasRemaining()) {
      values.put((float) random.normal());
    }
    return OnnxTensor.createTensor(environment, values.flip(), shape);
  }

  private OnnxTensor pixels(long... shape) throws OrtException {
    ByteBuffer values = ByteBuffer.allocateDirect(count(shape));
    while (values.hasRemaining()) {
      values.put((byte) (random.next() >>> 56));
    }
    return OnnxTensor.createTensor(environment, values.flip(), shape, OnnxJavaType.UINT8);
  }

  private static int count(long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return Math.toIntExact(count);
  }
}
