package ai.opengradient.store.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.store.conformance.ProgramRunner;
import ai.opengradient.store.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Models that others publish, where they lie beside the checkout. */
class RealModelsTest {
  private static final Path MODELS =
      Path.of(System.getProperty("opg.root")).resolveSibling("shared").resolve("models");

  /** For the models that leave it open. */
  private static final Binding ONE = Binding.ofSizes(Map.of("batch_size", 1));

  @Test
  void eachProductIsOneFoldAndNothingIsDiscontinuous() throws IOException {
    if (isMissing()) {
      return;
    }
    try (Stream<Path> files = Files.list(MODELS)) {
      for (Path path : files.filter(file -> file.toString().endsWith(".onnx")).toList()) {
        byte[] file = Files.readAllBytes(path);
        Map<String, Integer> operators = OnnxReader.read(file).operators();
        LoweredModel lowered = Lowering.lower(file, ONE);

        int products =
            Stream.of("Conv", "Gemm", "MatMul")
                .mapToInt(name -> operators.getOrDefault(name, 0))
                .sum();
        assertThat(lowered.program().nodes().stream().filter(RealModelsTest::isDot))
            .as("products of %s", path.getFileName())
            .hasSize(products);
        assertThat(lowered.discontinuous()).isFalse();
        assertThat(Program.decode(lowered.program().encode())).isEqualTo(lowered.program());
        assertThat(Lowering.lower(file, ONE).program().hash()).isEqualTo(lowered.program().hash());
      }
    }
  }

  private static boolean isMissing() throws IOException {
    if (Files.isDirectory(MODELS)) {
      return false;
    }
    NotRun.note("lowering of published models", "there is no " + MODELS + "; put them there");
    return true;
  }

  private static boolean isDot(Node node) {
    return node instanceof Node.Fold fold && fold.reduction() == Reduction.DOT;
  }

  @Test
  void aDigitIsRecognised() throws IOException {
    if (isMissing()) {
      return;
    }
    LoweredModel lowered =
        Lowering.lower(Files.readAllBytes(MODELS.resolve("mnist.onnx")), Binding.NONE);
    WholeTensor scores =
        ProgramRunner.PLAIN.run(lowered, List.of(ModelRun.tensor(one()))).getFirst();
    float[] numbers = new float[scores.count()];
    scores.data().asFloatBuffer().get(numbers);
    for (int digit = 0; digit < numbers.length; digit++) {
      assertThat(numbers[digit]).isLessThanOrEqualTo(numbers[1]);
    }
  }

  /** An upright stroke in the middle of 28 rows and columns. */
  private static float[] one() {
    float[] image = new float[28 * 28];
    for (int row = 5; row < 23; row++) {
      for (int column = 13; column < 16; column++) {
        image[row * 28 + column] = 255;
      }
    }
    return image;
  }
}
