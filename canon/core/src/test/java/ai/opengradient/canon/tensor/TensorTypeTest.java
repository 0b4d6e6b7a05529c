package ai.opengradient.canon.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorTypeTest {
  @ParameterizedTest
  @MethodSource("valid")
  void packsAndUnpacksAsTheVectorsDo(JsonNode vector) {
    BigInteger word = new BigInteger(1, GoldenVectors.bytes(vector.get("type")));
    TensorType type =
        new TensorType(
            DataType.fromCode(vector.get("dtype").intValue()), GoldenVectors.shape(vector));

    assertThat(type.pack()).isEqualTo(word);
    assertThat(TensorType.unpack(word)).isEqualTo(type);
    assertThat(type.count()).isEqualTo(vector.get("count").intValue());
    assertThat(type.byteLength()).isEqualTo(vector.get("byteLength").longValue());
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesWordsThatAreNoType(JsonNode vector) {
    BigInteger word = new BigInteger(1, GoldenVectors.bytes(vector.get("type")));

    assertThatThrownBy(() -> TensorType.unpack(word))
        .isInstanceOf(TensorException.InvalidType.class);
  }

  @ParameterizedTest
  @MethodSource("unpackable")
  void refusesShapesThatNoWordHolds(JsonNode vector) {
    assertThatThrownBy(() ->
            new TensorType(
                DataType.fromCode(vector.get("dtype").intValue()), GoldenVectors.shape(vector)))
        .isInstanceOf(TensorException.InvalidType.class);
  }

  @Test
  void refusesWhatIsNotAWord() {
    assertThatThrownBy(() -> TensorType.unpack(BigInteger.ONE.shiftLeft(256)))
        .isInstanceOf(TensorException.InvalidType.class);
    assertThatThrownBy(() -> TensorType.unpack(BigInteger.ONE.negate()))
        .isInstanceOf(TensorException.InvalidType.class);
  }

  @Test
  void holdsAsManyElementsAsThereMayBe() {
    assertThat(TensorType.of(DataType.INT64, Integer.MAX_VALUE).byteLength())
        .isEqualTo(8L * Integer.MAX_VALUE);
    assertThatThrownBy(
            () -> new TensorType(DataType.BOOL, Collections.nCopies(8, Integer.MAX_VALUE)))
        .isInstanceOf(TensorException.InvalidType.class);
  }

  @Test
  void namesItselfForPeople() {
    assertThat(TensorType.of(DataType.FLOAT32, 1, 3)).hasToString("float32[1,3]");
    assertThat(DataType.fromLabel("int64")).isEqualTo(DataType.INT64);
    assertThatThrownBy(() -> DataType.fromLabel("float16"))
        .isInstanceOf(TensorException.InvalidType.class)
        .hasMessageContaining("float16");
  }

  static Stream<JsonNode> valid() {
    return GoldenVectors.read("tensor-types.json", "valid");
  }

  static Stream<JsonNode> invalid() {
    return GoldenVectors.read("tensor-types.json", "invalid");
  }

  static Stream<JsonNode> unpackable() {
    return GoldenVectors.read("tensor-types.json", "unpackable");
  }
}
