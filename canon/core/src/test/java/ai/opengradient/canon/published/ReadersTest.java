package ai.opengradient.canon.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.published.PublishedVector.Operation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That the readers of published vectors read what they should, and that a wrong vector is noticed.
 */
class ReadersTest {
  @Test
  void readTestFloat() {
    PublishedVector vector = read(Operation.MULTIPLY_ADD, "8683F7FF C07F3FFF 00000000 07839504 01");
    assertThat(vector.operands()).containsExactly(0xffffffff8683f7ffL, 0xffffffffc07f3fffL, 0L);
    assertThat(vector.result()).isEqualTo(0x07839504);
    assertThat(vector.holds()).isTrue();
    assertThat(read(Operation.MULTIPLY_ADD, "8683F7FF C07F3FFF 00000000 07839505 01").holds())
        .isFalse();
    assertThat(read(Operation.FROM_INTEGER, "07FFFDFFFFFFFF7F 5CFFFFC0 01").holds()).isTrue();
    assertThat(read(Operation.LESS, "00000000 3C072C85 1 00").holds()).isTrue();
    assertThat(read(Operation.LESS, "00000000 3C072C85 0 00").holds()).isFalse();
    assertThat(read(Operation.TRUNCATE_TO_INT64, "C07F3FFF FFFFFFFFFFFFFFFD 00").holds()).isTrue();
    assertThat(TestFloat.operation("f32_roundToInt.min")).contains(Operation.FLOOR);
    assertThat(TestFloat.operation("f64_add")).isEmpty();
  }

  @Test
  void leaveOutConversionsOfWhatDoesNotFit() {
    String invalid = "7F800000 FFFFFFFF 10";
    assertThat(TestFloat.read(Operation.ROUND_TO_INT32, invalid)).isEmpty();
    assertThat(TestFloat.read(Operation.ADD, "7F800000 FF800000 FFC00000 10")).isPresent();
  }

  @Test
  void readFPgen() {
    PublishedVector vector =
        FPgen.read("b32+ =0 +1.01FD72P-118 -0.00147EP-126 -> +1.01FC5AP-118 x").orElseThrow();
    assertThat(vector.operation()).isEqualTo(Operation.ADD);
    assertThat(vector.operands()).containsExactly(0x0481fd72L, 0xffffffff8000147eL);
    assertThat(vector.result()).isEqualTo(0x0481fc5a);
    Optional<PublishedVector> root = FPgen.read("b32V =0 i -Zero -> -Zero ");
    assertThat(root.orElseThrow().holds()).isTrue();
    assertThat(FPgen.read("b32* =0 x +Inf Q -> Q ").orElseThrow().holds()).isTrue();
    assertThat(FPgen.read("b32* =0 x +Inf +Inf -> -Inf ").orElseThrow().holds()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Floating point tests: Add: Shift",
        "b32+ > +1.4A6297P-69 +1.389B90P-76 -> +1.4BD3CFP-69 x",
        "b32+ =0 ou +1.7FFFFFP127 +1.7FFFFFP127 -> +1.7FFFFFP-64 o",
        "b32+ =0 i +Inf -Inf -> # i",
        "b32>C =0 i Q -0.15E5FBP-126 -> -0.15E5FBP-126 ",
        "b64+ =0 +1.0P0 +1.0P0 -> +1.0P1",
        "d64+ =0 +1E0 +1E0 -> +2E0"
      })
  void leaveOutWhatIsNotOurs(String line) {
    assertThat(FPgen.read(line)).isEmpty();
  }

  @Test
  void refuseWhatTheyDoNotUnderstand() {
    assertThatThrownBy(() -> FPgen.read("b32+ =0 +1.0P0 +Zero -> +Zero "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("+1.0P0");
  }

  @Test
  void knowTheOneSignOfZeroThatShows() {
    long minusZero = Integer.MIN_VALUE;
    assertThat(
            new PublishedVector(Operation.DIVIDE, List.of(0x3f800000L, minusZero), 0)
                .dividesByNegativeZero())
        .isTrue();
    assertThat(
            new PublishedVector(Operation.ADD, List.of(0x3f800000L, minusZero), 0)
                .dividesByNegativeZero())
        .isFalse();
  }

  private static PublishedVector read(Operation operation, String line) {
    return TestFloat.read(operation, line).orElseThrow();
  }
}
