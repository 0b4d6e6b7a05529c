package ai.opengradient.worker.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviationTest {
  private static Tensor floats(float... elements) {
    return Tensor.ofFloats(elements, elements.length);
  }

  @Test
  void isRelativeToTheGreatestMagnitude() {
    Deviation deviation = Deviation.of(floats(1, -4, 2.5f), floats(1, -4, 2));

    assertThat(deviation.greatest()).isEqualTo(0.125);
    assertThat(deviation.percentile(50)).isZero();
    assertThat(deviation.percentile(67)).isEqualTo(0.125);
    assertThat(deviation.apart()).isZero();
  }

  @Test
  void countsFloatsBetweenAcrossZero() {
    Deviation deviation =
        Deviation.of(
            floats(Float.MIN_VALUE, 1, Math.nextUp(Math.nextUp(1f))),
            floats(-Float.MIN_VALUE, Math.nextDown(1f), 1));

    assertThat(deviation.ulps()).containsExactly(2, 1, 2);
    assertThat(deviation.histogram()).containsExactly(0, 1, 2);
  }

  @Test
  void whatIsNotFiniteIsTheSameOrApart() {
    Deviation deviation =
        Deviation.of(
            floats(Float.NaN, Float.POSITIVE_INFINITY, 1, Float.NaN),
            floats(Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN, 1));

    assertThat(deviation.apart()).isEqualTo(3);
    assertThat(deviation.greatest()).isInfinite();
    assertThat(deviation.relative()).isEmpty();
  }

  @Test
  void integersHaveDistancesToo() {
    Tensor claim = Tensor.ofLongs(new long[] {7, -3}, 2);
    Tensor canonical = Tensor.ofLongs(new long[] {5, -3}, 2);

    assertThat(Deviation.of(claim, canonical).ulps()).containsExactly(2, 0);
    assertThat(Deviation.of(claim, canonical).greatest()).isEqualTo(0.4);
    assertThat(
            Deviation.of(
                    Tensor.ofBooleans(new boolean[] {true}, 1),
                    Tensor.ofBooleans(new boolean[] {false}, 1))
                .greatest())
        .isEqualTo(1);
  }

  @Test
  void severalSamplesAreOne() {
    Deviation both =
        Deviation.of(
            List.of(Deviation.of(floats(1, 2), floats(1, 1)), Deviation.of(floats(8), floats(8))));

    assertThat(both.relative()).containsExactly(0, 0, 1);
    assertThat(both.ulps()).hasSize(3);
  }

  @Test
  void thePictureShowsEachOutput() {
    var outputs = new java.util.LinkedHashMap<String, Deviation>();
    outputs.put("a<b", Deviation.of(floats(1, 2), floats(1, 1)));
    outputs.put("logits", Deviation.of(floats(Float.NaN), floats(1)));

    String picture = DeviationPicture.of("model & all", outputs);

    assertThat(picture)
        .startsWith("<svg")
        .endsWith("</svg>\n")
        .contains(
            "a&lt;b: deviation", "logits: deviation", "model &amp; all", "1 elements: one is");
  }
}
