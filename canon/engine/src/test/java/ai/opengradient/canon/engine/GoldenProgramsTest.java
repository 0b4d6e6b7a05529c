package ai.opengradient.canon.engine;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.program.Program;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of the golden vectors that are valid and have all that they are given. */
class GoldenProgramsTest {
  @ParameterizedTest
  @MethodSource("programs")
  void haveTheTensorsOfTheCore(JsonNode vector) throws InterruptedException {
    Program program = Program.decode(GoldenVectors.bytes(vector.get("file")));
    try (Engine engine = Engine.withThreads(2)) {
      new Comparison(engine)
          .compare(vector.get("name").textValue(), program, GoldenVectors.given(vector));
    }
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
