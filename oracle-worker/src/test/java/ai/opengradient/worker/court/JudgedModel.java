package ai.opengradient.worker.court;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.program.Node;
import ai.opengradient.examples.OnnxGraph;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.worker.testing.Repository;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A published model that a court can judge. */
record JudgedModel(Path file, int version) {
  private static JudgedModel of(WorkerStage stage, String name, Path file) {
    return new JudgedModel(file, stage.publishDisputable(name, file));
  }

  /** The volatility regressor. */
  static JudgedModel small(WorkerStage stage) {
    return of(
        stage,
        "judged volatility",
        Repository.root().resolve("example-models/models/volatility.onnx"));
  }

  /** Its last element is a sum of more terms than one transaction can show. */
  static JudgedModel wide(WorkerStage stage, Path folder) throws IOException {
    int width = 12_288;
    float[] first = new float[2 * width];
    float[] second = new float[width];
    for (int element = 0; element < width; element++) {
      first[element] = element % 7 - 3;
      first[width + element] = element % 11 - 5;
      second[element] = (element % 5 - 2) / 8f;
    }
    OnnxGraph graph = new OnnxGraph("wide");
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1, 2);
    String hidden =
        graph.node("hidden", "MatMul", List.of(x, graph.weights("first", first, 2, width)));
    graph.node("y", "MatMul", List.of(hidden, graph.weights("second", second, width, 1)));
    graph.output("y", TensorProto.DataType.FLOAT, 1, 1);
    return of(stage, "wide", Files.write(folder.resolve("wide.onnx"), graph.toBytes()));
  }

  /** The first node that is computed, in its program. */
  int firstComputed() throws IOException {
    List<Node> nodes = Lowering.lower(Files.readAllBytes(file), Binding.NONE).program().nodes();
    return IntStream.range(0, nodes.size())
        .filter(node -> nodes.get(node) instanceof Node.Computed)
        .findFirst()
        .orElseThrow();
  }
}
