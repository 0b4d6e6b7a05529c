package ai.opengradient.worker.court;

import ai.opengradient.canon.engine.JobTensors;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.lowering.LoweredModel;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketCalls;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.dispute.Defence;
import ai.opengradient.worker.dispute.Tampered;
import ai.opengradient.worker.keys.Signer;
import ai.opengradient.worker.testing.HardhatNode;
import ai.opengradient.worker.testing.WorkerStage;
import java.util.List;
import java.util.stream.IntStream;

/** A job with a claim, and what its worker has of it. */
record Claimed(long job, Tampered told, List<WholeTensor> inputs) {
  /** How a worker comes by its answer. */
  @FunctionalInterface
  interface Telling {
    Tampered tell(GivenTensors given);
  }

  /** Has a worker claim what it likes. From then on blocks are mined by hand. */
  static Claimed of(
      WorkerStage stage, int worker, int version, LoweredModel model, Telling telling) {
    stage.mineAtOnce();
    long id = stage.request(version, 0.01f);
    stage.mineSecond();
    stage.mineSecond();
    MarketReader market = new MarketReader(stage.client(), stage.deployment());
    List<WholeTensor> inputs =
        market.request(market.job(id)).inputs().stream()
            .map(input -> WholeTensor.of(((JobTensor.Inline) input).tensor()))
            .toList();
    Tampered told = telling.tell(new GivenTensors(inputs, model.weights(), List.of()));
    List<Tensor> outputs =
        IntStream.range(0, told.outputs().size())
            .mapToObj(output ->
                new Tensor(model.outputs().get(output).type(), told.outputs().get(output).data()))
            .toList();
    Signer signer = HardhatNode.account(worker);
    stage.send(
        signer,
        new MarketCalls(stage.deployment()).claim(id, signer.address(), JobTensor.inline(outputs)));
    stage.mineByHand();
    return new Claimed(id, told, inputs);
  }

  Defence defence() {
    return new Defence(told.run(), new JobTensors(inputs, told.outputs()));
  }
}
