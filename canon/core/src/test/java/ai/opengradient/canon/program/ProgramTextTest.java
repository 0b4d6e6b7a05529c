package ai.opengradient.canon.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTextTest {
  @Test
  void namesWhatEachNodeCameFrom() {
    Program program = golden("dense layer with ReLU");
    assertThat(
            ProgramText.of(
                program, List.of("input x", "weight", "bias", "Gemm dense", "Relu relu")))
        .isEqualTo(
            """
            program, spec version 1
            %0 = input 0 float32[8]                                                           # input x
            %1 = weight float32[12] 0xabcad75d…                                               # weight
            %2 = weight float32[3] 0x674605eb…                                                # bias
            %3 = dot float32[2, 3] over [4]: %0{2, 4}[x0, y0] · %1{3, 4}[x1, y0] + %2{3}[x1]  # Gemm dense
            %4 = map float32[2, 3]: a = %3{2, 3}[x0, x1] or 0.0; b = 0.0; max(a, b)           # Relu relu
            outputs %4
            """);
  }

  @Test
  void keepsAStrangersNameOnItsLine() {
    Program program = golden("dense layer with ReLU");
    String text = ProgramText.of(program, Collections.nCopies(5, "a\nb\u001b[31m\u202e %9 = é😀"));
    assertThat(text.lines()).hasSize(7);
    assertThat(text).contains("a\\u{a}b\\u{1b}[31m\\u{202e} %9 = é😀");
  }

  @Test
  void takesANameForEveryNode() {
    Program program = golden("dense layer with ReLU");
    assertThatThrownBy(() -> ProgramText.of(program, List.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 nodes");
  }

  @Test
  void writesEveryGoldenProgram() {
    GoldenVectors.read("programs.json", "programs")
        .filter(vector -> vector.get("valid").booleanValue())
        .map(vector -> Program.decode(GoldenVectors.bytes(vector.get("file"))))
        .forEach(program -> {
          int nodes = program.nodes().size();
          assertThat(ProgramText.of(program, Collections.nCopies(nodes, "")).lines())
              .hasSize(nodes + 2);
        });
  }

  private static Program golden(String name) {
    return GoldenVectors.read("programs.json", "programs")
        .filter(vector -> vector.get("name").textValue().equals(name))
        .map(vector -> Program.decode(GoldenVectors.bytes(vector.get("file"))))
        .findFirst()
        .orElseThrow();
  }
}
