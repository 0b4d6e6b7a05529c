package ai.opengradient.worker.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Band;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BandProposalTest {
  private static BandProposal.Pair pair(float[] claim, float[] canonical) {
    return new BandProposal.Pair(
        Tensor.ofFloats(claim, claim.length), Tensor.ofFloats(canonical, canonical.length));
  }

  @Test
  void nothingMeasuredIsExact() {
    assertThat(BandProposal.of(List.of(pair(new float[] {1, 2}, new float[] {1, 2}))))
        .isEqualTo(Band.EXACT);
  }

  @Test
  void largeElementsAskForARelativePartAndSmallOnesForAnAbsolute() {
    Band band = BandProposal.of(List.of(pair(new float[] {1.0625f, 0.25f}, new float[] {1, 0})));

    assertThat(band.relative()).isEqualTo(0.5f);
    assertThat(band.absolute()).isEqualTo(2f);
  }

  /** Exactly, in the reals: an eighth of the band holds everything that was measured. */
  @Test
  void anEighthOfItHoldsWhatWasMeasured() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      List<BandProposal.Pair> pairs = new ArrayList<>();
      for (int sample = 0; sample < 3; sample++) {
        float[] canonical = new float[20];
        float[] claim = new float[20];
        for (int index = 0; index < canonical.length; index++) {
          canonical[index] =
              (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(6)));
          claim[index] = canonical[index] + (float) ((random.nextDouble() - 0.5) * 1e-3);
        }
        pairs.add(pair(claim, canonical));
      }
      Band band = BandProposal.of(pairs);
      for (BandProposal.Pair pair : pairs) {
        float[] claim = pair.claim().floats();
        float[] canonical = pair.canonical().floats();
        for (int index = 0; index < claim.length; index++) {
          BigDecimal y = new BigDecimal(canonical[index]);
          BigDecimal distance = new BigDecimal(claim[index]).subtract(y).abs();
          BigDecimal allowed =
              new BigDecimal(band.absolute())
                  .add(new BigDecimal(band.relative()).multiply(y.abs()));
          assertThat(distance.multiply(BigDecimal.valueOf(BandProposal.MARGIN)))
              .isLessThanOrEqualTo(allowed);
        }
      }
    }
  }

  @Test
  void verdictsAreTheCourts() {
    Tensor canonical = Tensor.ofFloats(new float[] {1, Float.NaN}, 2);
    List<Band> half = List.of(new Band(0.5f, 0));

    assertThat(right(new float[] {1.5f, Float.NaN}, canonical, half)).isTrue();
    assertThat(right(new float[] {1.5000001f, Float.NaN}, canonical, half)).isFalse();
    assertThat(right(new float[] {1, 1}, canonical, half)).isFalse();
    assertThat(right(new float[] {1.0000001f, Float.NaN}, canonical, List.of(Band.EXACT)))
        .isFalse();
  }

  @Test
  void aClaimOfOtherTypesOrCountsIsWrong() {
    Tensor canonical = Tensor.ofFloats(new float[] {1, 2}, 2);
    List<Band> half = List.of(new Band(0.5f, 0));

    assertThat(right(new float[] {1}, canonical, half)).isFalse();
    assertThat(right(new float[] {1, 2, 3}, canonical, half)).isFalse();
    assertThat(
            Verdicts.isRight(List.of(Tensor.ofInts(new int[] {1, 2}, 2)), List.of(canonical), half))
        .isFalse();
    assertThat(Verdicts.isRight(List.of(), List.of(canonical), half)).isFalse();
  }

  private static boolean right(float[] claim, Tensor canonical, List<Band> bands) {
    return Verdicts.isRight(
        List.of(Tensor.ofFloats(claim, claim.length)), List.of(canonical), bands);
  }
}
