package ai.opengradient.examples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.opengradient.examples.OnnxGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random weights give values as lively as training would: in each tensor that a node computes, at
 * least 90 % of the numbers are finite and 25 % are not zero, and their standard deviation is
 * between 1/100 and 100.
 */
final class LivenessTest {
  private static final long SEED = ExampleShape.USUAL_SEED;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final SampleInputs inputs = new SampleInputs(environment, SEED);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT_BASE")
  void everyValueIsAlive(ExampleShape shape) throws OrtException, IOException {
    check(shape.id(), shape.graph(SEED), inputs.of(shape));
  }

  @Test
  void everyValueOfASmallBertIsAlive() throws OrtException, IOException {
    BertBase.Size small = new BertBase.Size(1000, 64, 64, 192, 3, 2, 768);
    check("a small BERT", BertBase.graph(small, SEED), inputs.text(small));
  }

  @Test
  @Tag("long")
  void everyValueOfBertIsAlive() throws OrtException, IOException {
    ExampleShape shape = ExampleShape.BERT_BASE;
    check(shape.id(), shape.graph(SEED), inputs.of(shape));
  }

  private void check(String name, OnnxGraph graph, Map<String, OnnxTensor> given)
      throws OrtException, IOException {
    graph.outputEverything();
    Path file = folder.resolve("everything.onnx");
    graph.writeTo(file);
    List<Liveness> values = run(file, given);
    print(name, values);
    assertThat(values).isNotEmpty().allMatch(Liveness::alive);
  }

  /** Without optimisation, which would take some of the values away. */
  private List<Liveness> run(Path file, Map<String, OnnxTensor> given) throws OrtException {
    List<Liveness> values = new ArrayList<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session = environment.createSession(file.toString(), options);
          OrtSession.Result result = session.run(given)) {
        for (var output : result) {
          OnnxTensor tensor = (OnnxTensor) output.getValue();
          TensorInfo info = tensor.getInfo();
          if (info.type == OnnxJavaType.FLOAT) {
            values.add(Liveness.of(output.getKey(), tensor.getFloatBuffer()));
          } else if (info.type == OnnxJavaType.UINT8) {
            values.add(Liveness.of(output.getKey(), tensor.getByteBuffer()));
          }
        }
      }
    }
    return values;
  }

  private static void print(String name, List<Liveness> values) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d tensors; finite at least %.1f %%, non-zero at least %.1f %%, deviations %.3f to %.2f%n",
        name,
        values.size(),
        100 * values.stream().mapToDouble(Liveness::finite).min().orElseThrow(),
        100 * values.stream().mapToDouble(Liveness::nonZero).min().orElseThrow(),
        values.stream().mapToDouble(Liveness::deviation).min().orElseThrow(),
        values.stream().mapToDouble(Liveness::deviation).max().orElseThrow());
  }
}
