package ai.opengradient.canon.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.arithmetic.Band;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenProgramFilesTest {
  @ParameterizedTest
  @MethodSource("files")
  void areValidOrNot(JsonNode vector) {
    byte[] file = GoldenVectors.bytes(vector.get("file"));
    if (vector.get("valid").booleanValue()) {
      assertThat(Program.decode(file).encode()).isEqualTo(file);
    } else {
      assertThatThrownBy(() -> Program.decode(file)).isInstanceOf(ProgramException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void haveVerdictPrograms(JsonNode vector) {
    Program program = Program.decode(GoldenVectors.bytes(vector.get("file")));
    List<Band> bands =
        vector
            .get("bands")
            .valueStream()
            .map(band ->
                new Band(
                    GoldenVectors.bits(band.get("atol")), GoldenVectors.bits(band.get("rtol"))))
            .toList();
    assertThat(VerdictProgram.of(program, bands).encode())
        .isEqualTo(GoldenVectors.bytes(vector.get("verdictFile")));
  }

  static Stream<Named<JsonNode>> files() {
    return GoldenVectors.read("program-files.json", "files")
        .map(vector -> Named.of(vector.get("why").textValue(), vector));
  }

  static Stream<Named<JsonNode>> verdicts() {
    return GoldenVectors.read("verdicts.json", "verdicts")
        .map(vector -> Named.of(vector.get("name").textValue(), vector));
  }
}
