package ai.opengradient.canon.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenDescriptorsTest {
  @ParameterizedTest
  @MethodSource("descriptors")
  void areValidOrNot(JsonNode vector) {
    Descriptor descriptor = Descriptor.of(GoldenVectors.bytes(vector.get("descriptor")));
    int position = vector.get("position").intValue();
    if (!vector.get("valid").booleanValue()) {
      assertThatThrownBy(() -> descriptor.node(position)).isInstanceOf(ProgramException.class);
      return;
    }
    Node node = descriptor.node(position);
    assertThat(Descriptor.of(node)).isEqualTo(descriptor);
    assertThat(Long.toString(StepGas.of(node))).isEqualTo(vector.get("gas").textValue());
  }

  static Stream<Named<JsonNode>> descriptors() {
    return GoldenVectors.read("descriptors.json", "descriptors")
        .map(vector -> Named.of(vector.get("why").textValue(), vector));
  }
}
