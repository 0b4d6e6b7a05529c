package ai.opengradient.canon.engine;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the golden vectors that are valid and have all that they are given. */
class GoldenProgramsTest {
  @ParameterizedTest
  @MethodSource("programs")
  void haveTheTensorsOfTheCore(JsonNode vector) throws InterruptedException {
    Map<Hash, ByteBuffer> weights = new HashMap<>();
    for (JsonNode weight : vector.get("weights")) {
      weights.put(
          Hash.of(GoldenVectors.bytes(weight.get("root"))),
          ByteBuffer.wrap(GoldenVectors.bytes(weight.get("data"))));
    }
    GivenTensors given =
        new GivenTensors(tensors(vector.get("inputs")), weights, tensors(vector.get("claims")));
    Program program = Program.decode(GoldenVectors.bytes(vector.get("file")));
    try (Engine engine = Engine.withThreads(2)) {
      new Comparison(engine).compare(vector.get("name").textValue(), program, given);
    }
  }

  private static List<WholeTensor> tensors(JsonNode list) {
    return list.valueStream()
        .map(tensor ->
            new WholeTensor(
                DataType.fromCode(tensor.get("dtype").intValue()),
                tensor.get("count").intValue(),
                ByteBuffer.wrap(GoldenVectors.bytes(tensor.get("data")))))
        .toList();
  }

  static Stream<Named<JsonNode>> programs() {
    return GoldenVectors.read("programs.json", "programs")
        .filter(vector -> vector.get("valid").booleanValue())
        .filter(vector ->
            vector
                .get("tensors")
                .valueStream()
                .noneMatch(tensor -> tensor.get("dtype").intValue() == 0))
        .map(vector -> Named.of(vector.get("name").textValue(), vector));
  }
}
