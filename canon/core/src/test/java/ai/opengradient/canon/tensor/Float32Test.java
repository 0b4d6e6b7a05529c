package ai.opengradient.canon.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Float32Test {
  @ParameterizedTest
  @MethodSource("vectors")
  void givesTheCanonicalForm(JsonNode vector) {
    assertThat(Float32.canonical(bits(vector, "bits"))).isEqualTo(bits(vector, "canonical"));
  }

  @Test
  void tellsNaNsFromInfinitiesFromNumbers() {
    assertThat(Float32.isNaN(0x7f800001)).isTrue();
    assertThat(Float32.isNaN(0xff800000)).isFalse();
    assertThat(Float32.isNaN(0xff7fffff)).isFalse();
  }

  static Stream<JsonNode> vectors() {
    return GoldenVectors.read("float32-canonical.json", "vectors");
  }

  private static int bits(JsonNode vector, String field) {
    return Integer.parseUnsignedInt(vector.get(field).textValue().substring(2), 16);
  }
}
