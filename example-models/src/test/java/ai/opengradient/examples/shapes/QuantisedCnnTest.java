package ai.opengradient.examples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ONNX Runtime's optimisations reorder and fuse; nothing of that shows in the bits. */
final class QuantisedCnnTest {
  private static final int IMAGES = 20;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

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
