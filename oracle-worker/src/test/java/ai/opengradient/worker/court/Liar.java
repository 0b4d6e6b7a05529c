package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.dispute.Defence;

/** A worker that asserts the trace it likes, and answers from it as long as it may. */
final class Liar implements Runnable {
  private final MarketReader market;
  private final CourtReader court;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final long job;
  private final Defence defence;

  Liar(ChainClient node, Deployment deployment, CourtSends sends, long job, Defence defence) {
    this.market = new MarketReader(node, deployment);
    this.court = new CourtReader(node, deployment);
    this.calls = new CourtCalls(deployment);
    this.sends = sends;
    this.job = job;
    this.defence = defence;
  }

  @Override
  public void run() {
    Dispute dispute = court.dispute(job);
    if (dispute.stage() != Dispute.Stage.DISPUTED || dispute.isRefuted()) {
      return;
    }
    if (!dispute.isAsserted()) {
      sends.send(
          "assert-trace/" + job, () -> calls.assertTrace(job, defence.root(), defence.program()));
      return;
    }
    Job disputed = market.job(job);
    for (Questions.Question question : Questions.open(court.events(disputed), 0)) {
      sends.send(
          "reveal/" + job + "/" + question.path().word().toString(16),
          () -> calls.reveal(job, defence.answer(question.path())));
    }
  }
}
