package ai.opengradient.worker.calibration;

import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.manifest.Band;
import java.util.ArrayList;
import java.util.List;

/**
 * Proposes bands from the answers to some samples, and judges degraded models by them.
 *
 * @param samples at least one
 */
public record Calibration(List<Sample> samples) {
  public Calibration {
    samples = List.copyOf(samples);
  }

  /**
   * The answers to one sample.
   *
   * @param canonical one tensor for each output
   * @param claims what stock engines answer
   */
  public record Sample(List<Tensor> canonical, List<List<Tensor>> claims) {
    public Sample {
      canonical = List.copyOf(canonical);
      claims = List.copyOf(claims);
    }
  }

  /**
   * How bands fare against a degradation.
   *
   * @param convicted samples of which an element is out of its band
   * @param samples all of them
   */
  public record Conviction(Degradation degradation, int convicted, int samples) {
    /** Whether the bands let most of them pass. */
    public boolean isMissed() {
      return 2 * convicted < samples;
    }
  }

  /** The narrowest bands that stock engines can work with, one for each output. */
  public List<Band> bands() {
    List<Band> bands = new ArrayList<>();
    for (int output = 0; output < samples.getFirst().canonical().size(); output++) {
      bands.add(band(output));
    }
    return bands;
  }

  private Band band(int output) {
    if (samples.getFirst().canonical().get(output).type().dataType() != DataType.FLOAT32) {
      return Band.EXACT;
    }
    List<BandProposal.Pair> pairs = new ArrayList<>();
    for (Sample sample : samples) {
      Tensor exact = sample.canonical().get(output);
      for (List<Tensor> claim : sample.claims()) {
        if (Verdicts.isFinite(exact) && Verdicts.isFinite(claim.get(output))) {
          pairs.add(new BandProposal.Pair(claim.get(output), exact));
        }
      }
    }
    return BandProposal.of(pairs);
  }

  /**
   * What bands do to a degraded model.
   *
   * @param answers to the samples, in their order
   */
  public Conviction judge(Degradation degradation, List<List<Tensor>> answers, List<Band> bands) {
    int convicted = 0;
    for (int sample = 0; sample < answers.size(); sample++) {
      if (!Verdicts.isRight(answers.get(sample), samples.get(sample).canonical(), bands)) {
        convicted++;
      }
    }
    return new Conviction(degradation, convicted, answers.size());
  }
}
