package ai.opengradient.store.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.opengradient.canon.NotRun;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.graph.ModelOutline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Valid models, changed: typed errors come out, or programs that are valid. */
class LoweringFuzzTest {
  private static final Path ROOT = Path.of(System.getProperty("opg.root"));

  @Test
  void ourModelsChanged() {
    List<ModelProto> models =
        new ArrayList<>(DeterminismTest.models().map(OnnxBuilder::model).toList());
    models.add(
        new OnnxBuilder()
            .input("x", DataType.FLOAT32, 2, 3, 4)
            .integers("shape", 2, 4, 3)
            .integers("starts", 0, 1)
            .integers("ends", 2, 3)
            .node("reshaped", "Reshape", List.of("x", "shape"))
            .node("sliced", "Slice", List.of("reshaped", "starts", "ends"))
            .node("softened", "Softmax", List.of("sliced"), OnnxBuilder.integer("axis", 1))
            .node(
                "turned",
                "Transpose",
                List.of("softened"),
                OnnxBuilder.integerList("perm", 2, 0, 1))
            .node("y", "ReduceSum", List.of("turned"), OnnxBuilder.integer("keepdims", 0))
            .output("y", DataType.FLOAT32)
            .model());
    change(models, 400, 20261128);
  }

  /** Every operator's own cases. */
  @Test
  @Tag("long")
  void conformanceCasesChanged() throws IOException {
    Path cases = ROOT.resolveSibling("shared").resolve("conformance").resolve("onnx-node");
    if (!Files.isDirectory(cases)) {
      NotRun.note("changed node tests of ONNX", "there is no " + cases + "; unpack them there");
      return;
    }
    List<ModelProto> models = new ArrayList<>();
    try (Stream<Path> folders = Files.list(cases)) {
      for (Path folder : folders.sorted().toList()) {
        byte[] file = Files.readAllBytes(folder.resolve("model.onnx"));
        if (ModelOutline.read(file).hasPlainInterface()) {
          models.add(ModelProto.parseFrom(file));
        }
      }
    }
    change(models, 20_000, new Random().nextLong());
  }

  private static void change(List<ModelProto> models, int rounds, long seed) {
    System.out.println("fuzzing the lowering, seed " + seed);
    List<String> operators =
        models.stream()
            .flatMap(model -> model.getGraph().getNodeList().stream())
            .map(NodeProto::getOpType)
            .distinct()
            .sorted()
            .toList();
    Random random = new Random(seed);
    int lowered = 0;
    int refused = 0;
    for (int round = 0; round < rounds; round++) {
      ModelProto model = models.get(random.nextInt(models.size()));
      byte[] file = ModelMutation.of(model, random, operators).toByteArray();
      try {
        Program program = Lowering.lower(file, Binding.NONE).program();
        assertThat(Program.decode(program.encode())).isEqualTo(program);
        lowered++;
      } catch (StoreException e) {
        assertThat(e).hasMessageMatching("(?s).{10,}");
        refused++;
      }
    }
    assertThat(lowered).as("some changes are harmless").isPositive();
    assertThat(refused).as("most are not").isPositive();
  }
}
