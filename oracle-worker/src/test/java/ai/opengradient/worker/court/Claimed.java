package ai.opengradient.worker.court;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.demo.OtherRuns;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A job with a claim, whatever that is worth. */
record Claimed(long job) {

  /**
   * Has a worker claim what it likes. From then on blocks are mined by hand.
   *
   * @param file of the model
   * @param runs give the answer
   */
  static Claimed of(WorkerStage stage, int worker, int version, Path file, OtherRuns runs) {
    stage.mineAtOnce();
    long id = stage.request(version, 0.01f);
    stage.mineSecond();
    stage.mineSecond();
    MarketReader market = new MarketReader(stage.client(), stage.deployment());
    List<Tensor> inputs =
        market.request(market.job(id)).inputs().stream()
            .map(input -> ((JobTensor.Inline) input).tensor())
            .toList();
    Signer signer = HardhatNode.account(worker);
    stage.send(
        signer,
        new MarketCalls(stage.deployment())
            .claim(id, signer.address(), JobTensor.inline(outputs(runs, file, inputs))));
    stage.mineByHand();
    return new Claimed(id);
  }

  private static List<Tensor> outputs(OtherRuns runs, Path file, List<Tensor> inputs) {
    try {
      return runs.outputs(file, inputs);
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }
}
