package ai.opengradient.canon.program;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.commitment.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
  void writesEveryPart() {
    Space plane = Space.of(3, 4);
    View view =
        View.of(
            new View.Axis(
                7, -2, 3, List.of(new View.Term(0, 2), new View.Term(1, Integer.MIN_VALUE))),
            View.Axis.affine(9, 5, new View.Term(0, -1)),
            View.Axis.affine(1, 0));
    List<Node> nodes =
        List.of(
            new Node.Input(FLOAT32, 12, 3),
            new Node.Claim(INT64, 12, 15),
            new Node.Weight(BOOL, 1, Hash.fromHex("ab".repeat(32))),
            new Node.Map(
                BOOL,
                plane,
                List.of(
                    new Slot(
                        FLOAT32,
                        0xffffffffff800000L,
                        List.of(
                            new Operand(0, FLOAT32, view),
                            new Operand(0, FLOAT32, View.identity(plane)))),
                    Slot.of(new Operand(2, BOOL, View.SCALAR))),
                Expression.of(
                    new Primitive.Constant(FLOAT32, 0x3fc00000),
                    new Primitive.Function(UnaryFunction.SOFTPLUS, 0),
                    new Primitive.Within(3, 2, new Band(0x3e800000, 0x3f000000)),
                    new Primitive.Index(1),
                    new Primitive.Cast(BOOL, 5),
                    Primitive.apply(Operation.SELECT, 1, 4, 6))),
            new Node.Gather(
                FLOAT32,
                plane,
                new Operand(1, INT64, View.identity(plane)),
                new Operand(0, FLOAT32, View.of(View.Axis.along(3, 0), View.Axis.affine(4, 0))),
                1),
            new Node.Fold(
                INT64,
                Reduction.ARGMAX,
                Space.SCALAR,
                Space.of(4, 3),
                List.of(
                    new Operand(
                        4,
                        FLOAT32,
                        View.of(
                            View.Axis.along(4, 0), View.Axis.affine(3, -1, new View.Term(1, 1))))),
                Optional.empty()),
            new Node.Map(
                INT64,
                Space.SCALAR,
                List.of(Slot.of(new Operand(5, INT64, View.SCALAR))),
                Expression.IDENTITY),
            new Node.Map(UINT8, Space.of(2), List.of(), manyRegisters()));
    assertThat(nodes.stream().map(ProgramText::line))
        .containsExactly(
            "input 3 float32[12]",
            "claim 15 int64[12]",
            "weight bool[1] 0xabababab…",
            "map bool[3, 4]: a = %0{7, 9, 1}[⌊(2·x0 − 2147483648·x1 − 2)/3⌋, −x0 + 5, 0] or"
                + " %0{3, 4}[x0, x1] or -Infinity; b = %2{}[] or false; c = 1.5; d = softplus(a);"
                + " e = within(d, c, 0.25, 0.5); f = int64(x1); g = bool(f); select(b, e, g)",
            "gather float32[3, 4]: %0{3, 4}[x0, index] at %1{3, 4}[x0, x1]",
            "argmax int64[] over [4, 3]: %4{4, 3}[y0, y1 − 1]",
            "map int64[]: %5{}[] or 0",
            "map uint8[2]: a = 7; b = neg(a); c = neg(b); d = neg(c); e = neg(d); f = neg(e);"
                + " g = neg(f); h = neg(g); i = neg(h); j = neg(i); k = neg(j); l = neg(k);"
                + " m = neg(l); n = neg(m); o = neg(n); p = neg(o); q = neg(p); r = neg(q);"
                + " s = neg(r); t = neg(s); u = neg(t); v = neg(u); w = neg(v); x = neg(w);"
                + " y = neg(x); z = neg(y); r26 = neg(z); neg(r26)");
  }

  private static Expression manyRegisters() {
    List<Primitive> primitives = new ArrayList<>();
    primitives.add(new Primitive.Constant(UINT8, 7));
    for (int register = 0; register < 27; register++) {
      primitives.add(Primitive.apply(Operation.NEG, register));
    }
    return new Expression(primitives);
  }

  @Test
  void keepsAStrangersNameOnItsLine() {
    Program program = golden("dense layer with ReLU");
    String text =
        ProgramText.of(
            program,
            Collections.nCopies(5, "a\nb\u001b[31m\u202e\u2028\u2029\ue000\ud800 \\ %9 = é😀"));
    assertThat(text.lines()).hasSize(7);
    assertThat(text)
        .contains(
            "a\\u{a}b\\u{1b}[31m\\u{202e}\\u{2028}\\u{2029}\\u{e000}\\u{d800} \\u{5c} %9 = é😀");
  }

  @Test
  void cutsEndlessNames() {
    Program program = golden("dense layer with ReLU");
    String text = ProgramText.of(program, Collections.nCopies(5, "é".repeat(100_000)));
    assertThat(text).contains("é".repeat(200) + "…").hasSizeLessThan(5_000);
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
