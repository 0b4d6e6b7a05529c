package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.CourtCalls;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.dispute.Defence;
import ai.opengradient.worker.testing.WorkerStage;

/** A worker that asserts the trace it likes, and answers from it as long as it may. */
final class Liar implements Runnable {
  private final MarketReader market;
  private final CourtReader court;
  private final CourtCalls calls;
  private final CourtSends sends;
  private final long job;
  private final Defence defence;

  private Liar(WorkerStage stage, CourtSends sends, long job, Defence defence) {
    this.market = new MarketReader(stage.client(), stage.deployment());
    this.court = new CourtReader(stage.client(), stage.deployment());
    this.calls = new CourtCalls(stage.deployment());
    this.sends = sends;
    this.job = job;
    this.defence = defence;
  }

  static Party party(WorkerStage stage, int account, Claimed claimed) {
    return Party.of(
        stage, account, sends -> new Liar(stage, sends, claimed.job(), claimed.defence()));
  }

  @Override
  public void run() {
    Dispute dispute = court.dispute(job);
    if (dispute.stage() != Dispute.Stage.DISPUTED || dispute.isRefuted()) {
      return;
    }
    if (!dispute.isAsserted()) {
      sends.send(
          "assert-trace/" + job, () -> calls.assertTrace(job, defence.top(), defence.program()));
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
