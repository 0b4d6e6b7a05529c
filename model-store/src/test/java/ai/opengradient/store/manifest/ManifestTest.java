package ai.opengradient.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final ContentId CID =
      ContentId.parse("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
  private static final TensorType INPUT = TensorType.of(DataType.FLOAT32, 1, 2);
  private static final TensorType OUTPUT = TensorType.of(DataType.INT64, 1);
  private static final FileReference FILE =
      new FileReference(CID, Hash.fromHex("11".repeat(32)), 1234);

  private static final String JSON =
      "{\"bands\":[{\"absolute\":0.0,\"relative\":0.0}],"
          + "\"bindings\":[{\"inputs\":[{\"name\":\"x\",\"type\":{\"dataType\":\"float32\",\"shape\":[1,2]}}],"
          + "\"outputs\":[{\"name\":\"label\",\"type\":{\"dataType\":\"int64\",\"shape\":[1]}}]}],"
          + "\"domains\":[{\"high\":1.0,\"low\":-0.1}],"
          + "\"examples\":[{\"binding\":0,\"inputs\":[{\"base64\":\"P4AAAEAAAAA=\"}],"
          + "\"outputs\":[{\"file\":{\"cid\":\""
          + CID
          + "\",\"length\":8,\"sha256\":\"0x"
          + "11".repeat(32)
          + "\"}}]}],"
          + "\"file\":{\"content\":{\"cid\":\""
          + CID
          + "\",\"length\":1234,\"sha256\":\"0x"
          + "11".repeat(32)
          + "\"},\"name\":\"model.onnx\"},"
          + "\"format\":1,\"licence\":\"MIT\",\"name\":\"Tiny classifier\"}";

  @Test
  void hasOneCanonicalForm() {
    assertThat(new String(manifest().toJson(), StandardCharsets.UTF_8)).isEqualTo(JSON);
    assertThat(Manifest.parse(bytes(JSON))).isEqualTo(manifest());
  }

  @Test
  void givesItsExamplesAsTensors() {
    Example example = manifest().examples().getFirst();
    assertThat(example.inputs().getFirst())
        .isInstanceOfSatisfying(
            ExampleTensor.Inline.class,
            inline -> assertThat(inline.tensor(INPUT).floats()).containsExactly(1, 2));
    assertThat(example.outputs().getFirst().length()).isEqualTo(8);
  }

  @Test
  void keepsEveryFloatToTheBit() {
    long seed = 3;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      float absolute = Math.abs(Float.intBitsToFloat(random.nextInt()));
      float low = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(absolute) || !Float.isFinite(low)) {
        continue;
      }
      Manifest manifest =
          new Manifest(
              1,
              "m",
              new ModelFile("m.onnx", FILE),
              List.of(
                  new Signature(
                      List.of(new NamedTensor("x", INPUT)), List.of(new NamedTensor("y", INPUT)))),
              List.of(new Band(absolute, random.nextFloat())),
              List.of(new Domain(low, Float.MAX_VALUE)),
              "MIT",
              List.of());
      assertThat(Manifest.parse(manifest.toJson()))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(manifest);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "format":1        | "format":2               | format 2
          "format":1        | "format":1.0             | read
          "format":1        | "format":"1"             | read
          "format":1,       | ''                       | format
          "format":1        | "format":1,"format":1    | Duplicate
          "format":1        | "format":1,"extra":1     | extra
          "format":1        | "format": 1              | canonical
          "length":1234     | "length":01234           | read
          "length":1234     | "length":0               | at least 1 byte
          "length":1234     | "length":1e3             | read
          "name":"model.onnx" | "name":"../model.onnx" | not plain
          "name":"model.onnx" | "name":"a/b"           | not plain
          "name":"model.onnx" | "name":".."            | not plain
          "name":"model.onnx" | "name":"a\\u0000"      | not plain
          "name":"model.onnx" | "name":null            | read
          "licence":"MIT"   | "licence":""             | licence
          "licence":"MIT"   | "licence":"\\u004dIT"    | canonical
          "absolute":0.0  | "absolute":0.1         | must be exact
          "absolute":0.0  | "absolute":"NaN"         | band
          "absolute":0.0  | "absolute":"x"           | read
          "absolute":0.0  | "absolute":0           | canonical
          "relative":0.0  | "relative":1.0         | band
          "low":-0.1      | "low":2.0              | domain
          "low":-0.1      | "low":-0.10            | canonical
          "shape":[1,2]     | "shape":[1,0]            | dimension 0
          "shape":[1,2]     | "shape":[65536,65536]    | 2^31
          "shape":[1,2]     | "shape":[1,3]            | 8 bytes
          "dataType":"int64"| "dataType":"float16"     | float16
          "dataType":"int64"| "dataType":"INT64"       | INT64
          "binding":0       | "binding":1              | binding 1
          "P4AAAEAAAAA="    | "!!"                     | base 64
          "base64":"P4AAAEAAAAA=" | "base63":""        | read
          "name":"label"    | "name":""                | 1 to 256
          """)
  void refusesAnythingElse(String good, String bad, String why) {
    assertThat(JSON).contains(good);
    String json = JSON.replace(good, bad);
    assertThatThrownBy(() -> Manifest.parse(bytes(json)))
        .isInstanceOf(StoreException.InvalidManifest.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "1", "{", "\"\"", "{\"format\":1}"})
  void refusesWhatIsNoManifestAtAll(String json) {
    assertThatThrownBy(() -> Manifest.parse(bytes(json)))
        .isInstanceOf(StoreException.InvalidManifest.class);
  }

  @Test
  void refusesTrailingBytesAndBrokenIds() {
    assertThatThrownBy(() -> Manifest.parse(bytes(JSON + "\n")))
        .isInstanceOf(StoreException.InvalidManifest.class);
    assertThatThrownBy(() -> Manifest.parse(bytes(JSON + "{}")))
        .isInstanceOf(StoreException.InvalidManifest.class);
    assertThatThrownBy(() -> Manifest.parse(bytes(JSON.replace(CID.toString(), "bafy"))))
        .isInstanceOf(StoreException.InvalidManifest.class);
    assertThatThrownBy(() -> Manifest.parse(bytes(JSON.replace("0x11", "0x1"))))
        .isInstanceOf(StoreException.InvalidManifest.class);
  }

  @Test
  void refusesTooMuch() {
    assertThatThrownBy(() -> Manifest.parse(new byte[Manifest.MAXIMUM_LENGTH + 1]))
        .isInstanceOf(StoreException.InvalidManifest.class)
        .hasMessageContaining("at most");
    assertThatThrownBy(() -> Manifest.parse(bytes("[".repeat(100_000))))
        .isInstanceOf(StoreException.InvalidManifest.class);
  }

  @Test
  void survivesAnyBytes() {
    long seed = 5;
    Random random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      byte[] json = bytes(JSON);
      for (int change = random.nextInt(3); change >= 0; change--) {
        json[random.nextInt(json.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(Manifest.parse(json).toJson())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(json);
      } catch (StoreException.InvalidManifest e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void listsFilesWithDataOnlyIfThereAreSome() {
    Manifest one = manifest();
    assertThat(new String(one.toJson(), StandardCharsets.UTF_8)).doesNotContain("\"data\"");
    Manifest several = withData(new ModelFile("a.bin", FILE), new ModelFile("b.bin", FILE));
    assertThat(new String(several.toJson(), StandardCharsets.UTF_8)).contains("\"data\":[{");
    assertThat(Manifest.parse(several.toJson())).isEqualTo(several);
    String empty =
        new String(one.toJson(), StandardCharsets.UTF_8)
            .replace("\"domains\"", "\"data\":[],\"domains\"");
    assertThatThrownBy(() -> Manifest.parse(bytes(empty)))
        .isInstanceOf(StoreException.InvalidManifest.class)
        .hasMessageContaining("canonical");
    String missing =
        new String(one.toJson(), StandardCharsets.UTF_8)
            .replace("\"domains\":[{\"high\":1.0,\"low\":-0.1}],", "");
    assertThat(missing).doesNotContain("domains");
    assertThatThrownBy(() -> Manifest.parse(bytes(missing)))
        .isInstanceOf(StoreException.InvalidManifest.class)
        .hasMessageContaining("domains");
  }

  @Test
  void refusesFilesWithDataThatAreNotEachPlainAndOnce() {
    ModelFile file = new ModelFile("b.bin", FILE);
    assertThatThrownBy(() -> withData(file, file)).hasMessageContaining("two files");
    assertThatThrownBy(() -> withData(file, new ModelFile("a.bin", FILE)))
        .hasMessageContaining("order");
    assertThatThrownBy(() -> withData(new ModelFile("model.onnx", FILE)))
        .hasMessageContaining("two files");
    byte[] traversing =
        bytes(
            new String(withData(file).toJson(), StandardCharsets.UTF_8)
                .replace("b.bin", "../b.bin"));
    assertThatThrownBy(() -> Manifest.parse(traversing))
        .isInstanceOf(StoreException.InvalidManifest.class)
        .hasMessageContaining("not plain");
    ModelFile[] many = new ModelFile[Manifest.MAXIMUM_DATA_FILES + 1];
    Arrays.setAll(many, index -> new ModelFile("%05d".formatted(index), FILE));
    assertThatThrownBy(() -> withData(many)).hasMessageContaining("at most 1024");
  }

  private static Manifest withData(ModelFile... data) {
    Manifest one = manifest();
    return new Manifest(
        one.format(),
        one.name(),
        one.file(),
        List.of(data),
        one.bindings(),
        one.bands(),
        one.domains(),
        one.licence(),
        one.examples());
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Manifest manifest() {
    Signature signature =
        new Signature(
            List.of(new NamedTensor("x", INPUT)), List.of(new NamedTensor("label", OUTPUT)));
    Example example =
        new Example(
            0,
            List.of(ExampleTensor.Inline.of(Tensor.ofFloats(new float[] {1, 2}, 1, 2))),
            List.of(new ExampleTensor.Referenced(new FileReference(CID, FILE.sha256(), 8))));
    return new Manifest(
        Manifest.FORMAT,
        "Tiny classifier",
        new ModelFile("model.onnx", FILE),
        List.of(signature),
        List.of(Band.EXACT),
        List.of(new Domain(-0.1f, 1)),
        "MIT",
        List.of(example));
  }
}
