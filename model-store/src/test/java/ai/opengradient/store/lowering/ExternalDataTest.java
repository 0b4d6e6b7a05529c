package ai.opengradient.store.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.onnx.DataFile;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
  private static final String MODEL = "model.onnx";
  private static final String DATA = "weights.bin";
  private static final int ALIGNMENT = 64;

  @TempDir private Path folder;
  private final ModelProto inside = model();

  /** Two layers, the second one's weights in a node and in a branch. */
  private static ModelProto model() {
    Random random = new Random(1);
    OnnxBuilder branch = new OnnxBuilder();
    branch
        .weights("in branch", random, 4, 4)
        .node("branch", "Add", List.of("h", "in branch"))
        .output("branch", DataType.FLOAT32, 1, 4);
    return new OnnxBuilder()
        .input("x", DataType.FLOAT32, 1, 3)
        .weights("w", random, 3, 3, 4)
        .weights("b", random, 3, 4)
        .bytes("yes", DataType.BOOL, new byte[] {1})
        .node("p", "MatMul", List.of("x", "w"))
        .node("h", "Add", List.of("p", "b"))
        .node(
            "if",
            "If",
            List.of("yes"),
            OnnxBuilder.subgraph("then_branch", branch.graph()),
            OnnxBuilder.subgraph("else_branch", branch.graph()))
        .node(
            "c",
            "Constant",
            List.of(),
            OnnxBuilder.constantOf("value", OnnxBuilder.int64("shape", new long[] {4, 1}, 2)))
        .node("y", "Reshape", List.of("if", "c"))
        .output("y", DataType.FLOAT32, 4, 1)
        .model();
  }

  @BeforeEach
  void write() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ModelProto.Builder model = inside.toBuilder();
    everyTensor(model, tensor -> moveOut(tensor, data));
    Files.write(folder.resolve(MODEL), model.build().toByteArray());
    Files.write(folder.resolve(DATA), data.toByteArray());
  }

  @Test
  void givesTheProgramOfTheModelWithAllDataInside() throws IOException {
    OnnxFile file = OnnxFile.read(folder.resolve(MODEL));
    LoweredModel lowered = Lowering.lower(file, Binding.NONE);
    LoweredModel expected = Lowering.lower(inside.toByteArray(), Binding.NONE);

    assertThat(lowered.program().hash()).isEqualTo(expected.program().hash());
    assertThat(lowered.weights()).isEqualTo(expected.weights());
    assertThat(file.summary().parameters())
        .isEqualTo(OnnxReader.read(inside.toByteArray()).parameters());
    List<DataFile> dataFiles = file.summary().dataFiles();
    assertThat(dataFiles).extracting(DataFile::name).containsExactly(DATA);
    assertThat(dataFiles.getFirst().end()).isLessThanOrEqualTo(Files.size(folder.resolve(DATA)));
    assertThat(file.length())
        .isEqualTo(Files.size(folder.resolve(MODEL)) + dataFiles.getFirst().used());
  }

  @Test
  void isRefusedWhereTheFileIsGivenAlone() throws IOException {
    byte[] alone = Files.readAllBytes(folder.resolve(MODEL));
    assertThatThrownBy(() -> Lowering.lower(alone, Binding.NONE))
        .isInstanceOf(StoreException.UnsupportedOnnx.class)
        .hasMessageContaining(DATA);
  }

  /** As one lies in a cache, among others that no manifest of its own names. */
  @Test
  void isRefusedOfAFileUnderItsOwnHash() throws IOException {
    Path cached = Files.move(folder.resolve(MODEL), folder.resolve("0123456789abcdef".repeat(4)));
    assertThatThrownBy(() -> OnnxFile.read(cached))
        .isInstanceOf(StoreException.UnsupportedOnnx.class)
        .hasMessageContaining("manifest does not name");
  }

  @Test
  void isRefusedIfTheFileIsMissingOrALinkOrAFolder() throws IOException {
    Path data = folder.resolve(DATA);
    Path elsewhere = Files.move(data, folder.resolve("elsewhere"));
    refused("not a file beside");
    Files.createSymbolicLink(data, elsewhere);
    refused("not a file beside");
    Files.delete(data);
    Files.createDirectory(data);
    refused("not a file beside");
  }

  @Test
  void isRefusedIfTheFileIsTooShort() throws IOException {
    byte[] data = Files.readAllBytes(folder.resolve(DATA));
    Files.write(folder.resolve(DATA), Arrays.copyOf(data, data.length - 1));
    refused("was cut off");
    Files.write(folder.resolve(DATA), new byte[0]);
    refused("was cut off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../weights.bin",
        "/etc/passwd",
        "a/b",
        "..",
        ".",
        "",
        "a\\b",
        ".hidden",
        "-o",
        "C:x"
      })
  void isRefusedByAPath(String location) throws IOException {
    state(Map.of("location", location));
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve(MODEL)))
        .isInstanceOf(StoreException.UnsupportedOnnx.class)
        .hasMessageContaining("plain name");
  }

  @Test
  void isRefusedInTheModelItself() throws IOException {
    state(Map.of("location", MODEL));
    refused("not a file beside");
  }

  @Test
  void isRefusedWithNumbersThatAreNone() throws IOException {
    for (String number : List.of("-1", "x", "", "1.5", "9223372036854775808")) {
      state(Map.of("location", DATA, "offset", number));
      refused("states the offset");
      state(Map.of("location", DATA, "length", number));
      refused("states the length");
    }
    state(Map.of("location", DATA, "length", "47"));
    refused("takes 48 bytes, but states 47");
    state(Map.of("location", DATA, "offset", "9223372036854775807"));
    refused("nothing can have");
    state(Map.of("location", DATA, "offset", "1000000"));
    refused("was cut off");
  }

  /** Otherwise a kilobyte could stand for any number of megabytes. */
  @Test
  void isRefusedIfAFileStandsForMoreThanItHas() throws IOException {
    ModelProto.Builder model = read();
    for (int copy = 0; copy < 10; copy++) {
      model
          .getGraphBuilder()
          .addInitializer(model.getGraph().getInitializer(0).toBuilder().setName("copy " + copy));
    }
    Files.write(folder.resolve(MODEL), model.build().toByteArray());
    refused("constants take");
  }

  @Test
  void isRefusedInMoreFilesThanAManifestNames() throws IOException {
    ModelProto.Builder model = read();
    for (int copy = 0; copy < 1_025; copy++) {
      TensorProto.Builder tensor =
          model.getGraph().getInitializer(0).toBuilder().setName("copy " + copy);
      tensor.clearExternalData().addExternalData(entry("location", "file-" + copy));
      model.getGraphBuilder().addInitializer(tensor);
    }
    Files.write(folder.resolve(MODEL), model.build().toByteArray());
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve(MODEL)))
        .isInstanceOf(StoreException.UnsupportedOnnx.class)
        .hasMessageContaining("more than 1024 files");
  }

  @Test
  void isRefusedBesideDataInside() throws IOException {
    ModelProto.Builder model = read();
    model.getGraphBuilder().getInitializerBuilder(0).addFloatData(1);
    Files.write(folder.resolve(MODEL), model.build().toByteArray());
    refused("both in the file and in another");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve(MODEL)))
        .isInstanceOf(StoreException.InvalidOnnx.class)
        .hasMessageContaining(why);
  }

  private ModelProto.Builder read() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(folder.resolve(MODEL))).toBuilder();
  }

  /** Says something else of where the first constant's data are. */
  private void state(Map<String, String> entries) throws IOException {
    ModelProto.Builder model = read();
    TensorProto.Builder tensor = model.getGraphBuilder().getInitializerBuilder(0);
    tensor.clearExternalData();
    entries.forEach((key, value) -> tensor.addExternalData(entry(key, value)));
    Files.write(folder.resolve(MODEL), model.build().toByteArray());
  }

  private static void everyTensor(ModelProto.Builder model, Consumer<TensorProto.Builder> change) {
    model.getGraphBuilder().getInitializerBuilderList().forEach(change);
    model
        .getGraphBuilder()
        .getNodeBuilderList()
        .forEach(node ->
            node.getAttributeBuilderList()
                .forEach(attribute -> {
                  if (attribute.hasT()) {
                    change.accept(attribute.getTBuilder());
                  }
                  if (attribute.hasG()) {
                    attribute.getGBuilder().getInitializerBuilderList().forEach(change);
                  }
                }));
  }

  private static void moveOut(TensorProto.Builder tensor, ByteArrayOutputStream data) {
    while (data.size() % ALIGNMENT != 0) {
      data.write(0xff);
    }
    byte[] bytes = tensor.getRawData().toByteArray();
    tensor
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", DATA))
        .addExternalData(entry("offset", Integer.toString(data.size())))
        .addExternalData(entry("length", Integer.toString(bytes.length)));
    data.writeBytes(bytes);
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
