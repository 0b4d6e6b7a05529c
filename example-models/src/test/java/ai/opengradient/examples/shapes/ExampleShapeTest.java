package ai.opengradient.examples.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.lowering.Binding;
import ai.opengradient.store.lowering.Lowering;
import ai.opengradient.store.onnx.Dimension;
import ai.opengradient.store.onnx.OnnxFile;
import ai.opengradient.store.onnx.OnnxReader;
import ai.opengradient.store.onnx.OnnxSummary;
import ai.opengradient.store.onnx.TensorSignature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line writes the files that we know, and the store reads from them what they are. */
final class ExampleShapeTest {
  private static final String BERT =
      "c3b320504091e063d83b84df82015ba6ace285214a87609fbd4fe72cb05c3322";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "resnet50, 05abb36fa582f7bb589ac64e6844e2660e372fd2d4718286854355b5b2c8897a",
    "quantised-cnn, 13e48243a43b948bda4a2f40d7fe4f88d09c2eede7dbd86389ad62d04a755106",
    "lstm, 5d5414faa81b90915d7c4ee48931c053c1cf77db8ef7b4dde0848f964d8bf778",
    "gemm, f582935e140fe900c1bc34418659c1650fa05cd1a16d39f1f14a7ca173e17ada",
    "conv, ef8283e8062bbdcac11da59ce9e4c36c8933628b78a20a79f4d68dea1d2ee070",
  })
  void theFilesAreTheOnesWeKnow(String name, String digest) throws IOException {
    Path file = writeInAnotherLanguage(name);

    assertThat(sha256(file)).isEqualTo(digest);
    assertThat(OnnxReader.read(file).outputs()).isNotEmpty();
  }

  @Test
  @Tag("long")
  void bertIsTheOneWeKnow() throws IOException {
    Path file = writeInAnotherLanguage("bert-base");
    OnnxSummary summary = OnnxReader.read(file);

    assertThat(sha256(file)).isEqualTo(BERT);
    // 109,482,240 that are trained, a classifier, and the constants of the graph.
    assertThat(summary.parameters()).isEqualTo(109_482_240 + 2 * (768 + 1) + 143);
    assertThat(summary.inputs())
        .containsExactly(
            tensor("input_ids", DataType.INT64, 1, 128),
            tensor("token_type_ids", DataType.INT64, 1, 128),
            tensor("attention_mask", DataType.INT64, 1, 128));
    assertThat(summary.outputs())
        .containsExactly(
            tensor("pooled_output", DataType.FLOAT32, 1, 768),
            tensor("logits", DataType.FLOAT32, 1, 2));
  }

  @Test
  void anotherSeedGivesOtherWeightsOfTheSameNetwork() throws IOException {
    Path usual = write("quantised-cnn");
    Path other = folder.resolve("other.onnx");
    assertThat(run("quantised-cnn", other.toString(), "--seed", "-1").status()).isZero();

    assertThat(sha256(other)).isNotEqualTo(sha256(usual));
    assertThat(OnnxReader.read(other)).isEqualTo(OnnxReader.read(usual));
  }

  @Test
  void theUsualSeedIsTakenIfNoneIsGiven() throws IOException {
    Path usual = write("lstm");
    Path seeded = folder.resolve("seeded.onnx");
    String seed = Long.toString(ExampleShape.USUAL_SEED);
    assertThat(run("lstm", seeded.toString(), "--seed", seed).status()).isZero();

    assertThat(seeded).hasSameBinaryContentAs(usual);
  }

  @Test
  void resNetIsWhatItsNameSays() throws IOException {
    OnnxSummary summary = OnnxReader.read(write("resnet50"));

    assertThat(summary.inputs())
        .containsExactly(tensor("pixel_values", DataType.FLOAT32, 1, 3, 224, 224));
    assertThat(summary.outputs()).containsExactly(tensor("logits", DataType.FLOAT32, 1, 1000));
    assertThat(summary.operators())
        .isEqualTo(
            Map.of(
                "Conv", 53,
                "BatchNormalization", 53,
                "Relu", 49,
                "Add", 16,
                "MaxPool", 1,
                "GlobalAveragePool", 1,
                "Flatten", 1,
                "Gemm", 1));
    // 25,557,032 that are trained, and the running statistics of 26,560 channels.
    assertThat(summary.parameters()).isEqualTo(25_557_032 + 2 * 26_560);
  }

  @Test
  void theLstmLeavesItsStepsToTheBinding() throws IOException {
    OnnxSummary summary = OnnxReader.read(write("lstm"));

    assertThat(summary.openDimensions()).containsExactly("steps");
    assertThat(summary.operators()).containsEntry("LSTM", 2);
    assertThat(summary.bind(Map.of("steps", 64)).inputs())
        .singleElement()
        .satisfies(series -> assertThat(series.type().shape()).containsExactly(1, 64, 16));
    assertThat(summary.outputs()).containsExactly(tensor("forecast", DataType.FLOAT32, 1, 8));
  }

  @Test
  void theQuantisedNetworkComputesOnIntegers() throws IOException {
    OnnxSummary summary = OnnxReader.read(write("quantised-cnn"));

    assertThat(summary.inputs()).containsExactly(tensor("image", DataType.UINT8, 1, 3, 64, 64));
    assertThat(summary.outputs())
        .containsExactly(
            tensor("scores", DataType.UINT8, 1, 100), tensor("logits", DataType.FLOAT32, 1, 100));
    assertThat(summary.operators())
        .containsEntry("QLinearConv", 9)
        .containsEntry("QLinearMatMul", 1)
        .doesNotContainKey("Conv");
  }

  @Test
  void weightsInAFileOfTheirOwnMakeNoOtherProgram() throws IOException {
    Path whole = write("lstm");
    Path apart = folder.resolve("apart.onnx");
    assertThat(run("lstm", apart.toString(), "--data").status()).isZero();

    assertThat(Files.size(apart)).isLessThan(Files.size(whole) / 10);
    Binding steps = Binding.ofSizes(Map.of("steps", 2));
    assertThat(Lowering.lower(OnnxFile.read(apart), steps).program().hash())
        .isEqualTo(Lowering.lower(OnnxFile.read(whole), steps).program().hash());
  }

  @ParameterizedTest
  @CsvSource({
    "resnet, there is no network \"resnet\"",
    "'', there is no network \"\"",
  })
  void aNameThatDoesNotExistIsRefusedWithThoseThatDo(String name, String reason) {
    assertThat(refusal(name, folder.resolve("x").toString()))
        .contains(reason, "resnet50, bert-base, quantised-cnn, lstm, gemm, conv");
  }

  @Test
  void aSeedThatIsNoNumberIsRefused() {
    assertThat(refusal("gemm", folder.resolve("x").toString(), "--seed", "1e3"))
        .contains("the seed \"1e3\" is not an integer of 64 bits");
  }

  @Test
  void otherArgumentsAreAnsweredWithTheUsage() {
    assertThat(refusal("gemm")).contains("usage: WriteShapes NAME FILE [--data] [--seed NUMBER]");
    assertThat(refusal("gemm", "x", "--sead", "1")).contains("usage: ");
  }

  @Test
  void aFileThatCanNotBeWrittenIsNamed() {
    String file = folder.resolve("no-such-folder").resolve("x.onnx").toString();
    Answer answer = run("gemm", file);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.errors()).contains("can't write " + file);
  }

  private Path write(String name) {
    Path file = folder.resolve(name + ".onnx");
    assertThat(run(name, file.toString()).status()).isZero();
    return file;
  }

  /** Where digits and the letter i are not ours. */
  private Path writeInAnotherLanguage(String name) {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
    try {
      return write(name);
    } finally {
      Locale.setDefault(usual);
    }
  }

  private record Answer(int status, String errors) {}

  private static String refusal(String... arguments) {
    Answer answer = run(arguments);
    assertThat(answer.status()).isEqualTo(2);
    return answer.errors();
  }

  private static Answer run(String... arguments) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status = WriteShapes.run(new PrintStream(errors, true, UTF_8), arguments);
    return new Answer(status, errors.toString(UTF_8));
  }

  private static TensorSignature tensor(String name, DataType type, int... shape) {
    List<Dimension> dimensions =
        Arrays.stream(shape).<Dimension>mapToObj(Dimension.Fixed::new).toList();
    return new TensorSignature(name, type, dimensions);
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream stream =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
