package ai.opengradient.worker.bench;

import ai.onnxruntime.OrtException;
import ai.opengradient.examples.shapes.ExampleShape;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the canonical engine takes for whole ONNX files, over what ONNX Runtime takes with the same
 * threads and the optimisation level that is fastest there. Prints, after what people read, one
 * line of JSON. Takes names of networks as arguments, to measure only these.
 */
public final class EngineComparisonBench {
  private static final List<ExampleShape> SHAPES =
      List.of(
          ExampleShape.GEMM,
          ExampleShape.CONVOLUTION,
          ExampleShape.RESNET_50,
          ExampleShape.BERT_BASE);

  private EngineComparisonBench() {}

  public static void main(String[] arguments)
      throws IOException, OrtException, InterruptedException {
    List<String> names = List.of(arguments);
    int processors = Runtime.getRuntime().availableProcessors();
    List<Map<String, Object>> figures = new ArrayList<>();
    for (ExampleShape shape : SHAPES) {
      if (names.isEmpty() || names.contains(shape.id())) {
        EngineComparison comparison = new EngineComparison(shape.id(), file(shape));
        for (int threads : processors == 1 ? new int[] {1} : new int[] {1, processors}) {
          figures.add(comparison.measure(threads));
        }
      }
    }
    System.out.println(new ObjectMapper().writeValueAsString(Map.of("comparison", figures)));
  }

  /** The network's file, written once: its bytes follow from the seed. */
  static Path file(ExampleShape shape) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "bench"));
    Path file = folder.resolve(shape.id() + ".onnx");
    if (!Files.exists(file)) {
      Path unfinished = folder.resolve(shape.id() + ".unfinished");
      shape.graph(ExampleShape.USUAL_SEED).writeTo(unfinished);
      Files.move(unfinished, file);
    }
    return file;
  }
}
