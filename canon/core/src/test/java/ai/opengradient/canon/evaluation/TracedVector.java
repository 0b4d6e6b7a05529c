package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A program in its job, as the third hand has it, and our trace of it. */
record TracedVector(JsonNode vector, List<Descriptor> descriptors, Trace trace) {
  static TracedVector of(JsonNode vector) {
    List<Descriptor> descriptors = Framed.of(vector).descriptors();
    return new TracedVector(
        vector, descriptors, Trace.of(descriptors, GoldenVectors.given(vector)));
  }

  /** Every node's tensor and commitment, against the third hand's. */
  void compare() {
    for (int position = 0; position < trace.tensors().size(); position++) {
      JsonNode expected = vector.get("tensors").get(position);
      Optional<WholeTensor> tensor = trace.tensors().get(position);
      assertThat(tensor.map(WholeTensor::dataType).map(DataType::code).orElse(0))
          .as("dtype of node %d", position)
          .isEqualTo(expected.get("dtype").intValue());
      assertThat(tensor.map(TracedVector::bytes).orElse(new byte[0]))
          .as("data of node %d", position)
          .isEqualTo(GoldenVectors.bytes(expected.get("data")));
      assertThat(trace.commitments().get(position))
          .as("commitment of node %d", position)
          .hasToString(expected.get("hash").textValue());
    }
    assertThat(trace.tensors()).hasSize(vector.get("tensors").size());
  }

  /** How many elements were not given. */
  long computedElements() {
    return IntStream.range(0, descriptors.size())
        .filter(position -> trace.tensors().get(position).isPresent())
        .filter(position -> descriptors.get(position).node(position) instanceof Node.Computed)
        .mapToLong(position -> trace.tensors().get(position).orElseThrow().count())
        .sum();
  }

  private static byte[] bytes(WholeTensor tensor) {
    byte[] bytes = new byte[tensor.data().remaining()];
    tensor.data().get(0, bytes);
    return bytes;
  }
}
