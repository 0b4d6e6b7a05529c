package ai.opengradient.worker.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final List<String> ORIGINS = Collections.nCopies(50, "Conv_17");
  private static final Band BAND =
      new Band(Float.floatToIntBits(0.005f), Float.floatToIntBits(0.0f));

  private static WholeTensor floats(int count, float all, int element, float one) {
    Elements elements = new Elements(DataType.FLOAT32, count);
    for (int at = 0; at < count; at++) {
      elements.put(at, Float.floatToIntBits(at == element ? one : all));
    }
    return elements.tensor();
  }

  private static WholeTensor one(DataType type, long bits) {
    return new Elements(type, 1).put(0, bits).tensor();
  }

  private static String text(WholeTensor claim, WholeTensor exact, Band band) {
    return Comparison.first(List.of(42), List.of(claim), List.of(exact), List.of(band))
        .orElseThrow()
        .text(ORIGINS);
  }

  @Test
  void namesTheFirstElementThatIsOutOfBand() {
    assertThat(text(floats(2_000, 0.704f, 1_003, 0.71f), floats(2_000, 0.7f, 0, 0.7f), BAND))
        .isEqualTo("node 42 (Conv_17), element 1,003: 0.71 instead of 0.7");
  }

  @Test
  void tellsValuesOfAnyType() {
    assertThat(text(floats(1, 0, 0, Float.NaN), floats(1, 0, 0, 1), BAND))
        .endsWith("element 0: NaN instead of 1.0");
    assertThat(text(one(DataType.BOOL, 0), one(DataType.BOOL, 1), BAND))
        .endsWith("element 0: false instead of true");
    assertThat(text(one(DataType.INT64, -5), one(DataType.INT64, 7), BAND))
        .endsWith("element 0: -5 instead of 7");
    assertThat(text(one(DataType.UINT8, 255), one(DataType.UINT8, 254), BAND))
        .endsWith("element 0: 255 instead of 254");
  }

  @Test
  void goesThroughTheOutputs() {
    WholeTensor right = one(DataType.INT32, 4);
    Optional<Difference> difference =
        Comparison.first(
            List.of(3, 7),
            List.of(right, one(DataType.INT32, 5)),
            List.of(right, right),
            List.of(Band.EXACT, Band.EXACT));
    assertThat(difference).contains(new Difference.InElement(1, 7, 0, DataType.INT32, 5, 4));
    assertThat(Comparison.first(List.of(3), List.of(right), List.of(right), List.of(Band.EXACT)))
        .isEmpty();
  }

  @Test
  void findsAnOutputThatNoClaimFits() {
    assertThat(text(one(DataType.INT32, 4), one(DataType.INT64, 4), BAND))
        .isEqualTo(
            "node 42 (Conv_17) does not define what the model's output 0 is: no claim of it is right");
    assertThat(
            Comparison.firstOf(
                List.of(1),
                List.of(one(DataType.INT32, 4)),
                List.of(Optional.<WholeTensor>empty()),
                List.of(Band.EXACT)))
        .contains(new Difference.InType(0, 1));
  }

  @Test
  void refusesAnotherNumberOfOutputs() {
    assertThatThrownBy(() -> Comparison.first(List.of(1), List.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 outputs take as many claims");
  }
}
