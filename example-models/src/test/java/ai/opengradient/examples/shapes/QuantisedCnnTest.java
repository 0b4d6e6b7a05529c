package ai.opengradient.examples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever computes the network gets the same bits, and this is why. */
final class QuantisedCnnTest {
  private static final int IMAGES = 20;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

  /** ONNX Runtime's optimisations reorder and fuse. */
  @Test
  void theBitsAreTheSameWithAndWithoutOptimisation() throws OrtException {
    byte[] model = QuantisedCnn.graph(ExampleShape.USUAL_SEED).toBytes();
    try (OrtSession plain = session(model, OptLevel.NO_OPT);
        OrtSession fused = session(model, OptLevel.ALL_OPT)) {
      for (int seed = 0; seed < IMAGES; seed++) {
        Map<String, OnnxTensor> image =
            new SampleInputs(environment, seed).of(ExampleShape.QUANTISED_CNN);
        try (OrtSession.Result expected = plain.run(image);
            OrtSession.Result actual = fused.run(image)) {
          for (String output : plain.getOutputNames()) {
            assertThat(bytes(actual, output))
                .as("%s of image %d", output, seed)
                .isEqualTo(bytes(expected, output));
          }
        }
      }
    }
  }

  @Test
  void everyScaleIsAPowerOfTwo() throws IOException {
    assertThat(constants().values())
        .filteredOn(constant -> constant.getName().endsWith("scale"))
        .hasSizeGreaterThan(20)
        .allSatisfy(scale -> {
          FloatBuffer values = elements(scale).asFloatBuffer();
          while (values.hasRemaining()) {
            float value = values.get();
            assertThat(value).isEqualTo(Math.scalb(1f, Math.getExponent(value)));
          }
        });
  }

  /** Whatever the image: each weight with the greatest value, all of one sign. */
  @Test
  void float32HasEveryAccumulator() throws IOException {
    Map<String, TensorProto> constants = constants();
    assertThat(constants.values())
        .filteredOn(constant -> constant.getName().endsWith(".bias"))
        .hasSize(9)
        .allSatisfy(bias -> {
          String layer = bias.getName().substring(0, bias.getName().lastIndexOf('.'));
          ByteBuffer weights = elements(constants.get(layer + ".weight"));
          IntBuffer biases = elements(bias).asIntBuffer();
          int terms = weights.remaining() / biases.remaining();
          while (biases.hasRemaining()) {
            int greatest = Math.abs(biases.get());
            for (int term = 0; term < terms; term++) {
              int weight = weights.get();
              assertThat(weight).isBetween(-64, 64);
              greatest += 255 * Math.abs(weight);
            }
            assertThat(greatest).isLessThan(1 << 24);
          }
        });
  }

  private static Map<String, TensorProto> constants() throws IOException {
    return ModelProto.parseFrom(QuantisedCnn.graph(ExampleShape.USUAL_SEED).toBytes())
        .getGraph()
        .getInitializerList()
        .stream()
        .collect(Collectors.toMap(TensorProto::getName, Function.identity()));
  }

  private static ByteBuffer elements(@Nullable TensorProto tensor) {
    return Objects.requireNonNull(tensor)
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private OrtSession session(byte[] model, OptLevel level) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(level);
      return environment.createSession(model, options);
    }
  }

  private static ByteBuffer bytes(OrtSession.Result result, String output) {
    return ((OnnxTensor) result.get(output).orElseThrow()).getByteBuffer();
  }
}
