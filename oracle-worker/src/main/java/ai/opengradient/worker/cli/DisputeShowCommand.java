package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Challenge;
import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.CourtTurn;
import ai.opengradient.worker.chain.Dispute;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.court.Disputes;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how a dispute stands. */
@Command(name = "show", description = "Show how the dispute about a job stands.")
final class DisputeShowCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() {
    try (ChainAccess chain = ChainAccess.open(opg().client().chain())) {
      CourtReader court = chain.court();
      Job job = chain.market().job(id);
      Dispute dispute = existing(court, id);
      List<CourtEvent> events = court.events(job);
      Table table = new Table("challenge", "challenger", "bond", "status", "to move", "until");
      List<Fields> challenges = new ArrayList<>();
      for (long number : Disputes.challenges(events)) {
        Challenge challenge = court.challenge(number);
        CourtTurn turn = court.turn(number);
        String status = JobView.label(challenge.status());
        String side = JobView.label(turn.side());
        boolean isOn = turn.side() != CourtTurn.Side.NOBODY;
        table.row(
            number,
            challenge.challenger(),
            challenge.bond(),
            status,
            side,
            isOn ? Instant.ofEpochSecond(turn.deadline()) : "-");
        challenges.add(
            new Fields()
                .with("challenge", number)
                .with("challenger", challenge.challenger())
                .with("bond", challenge.bond())
                .with("status", status)
                .with("turn", side)
                .with("deadline", isOn ? turn.deadline() : null));
      }
      List<String> lines = new ArrayList<>();
      lines.add(sentence(dispute));
      lines.addAll(table.lines());
      return new Answer(
          DisputeListCommand.fields(dispute).with("moves", challenges).toMap(), lines);
    }
  }

  /**
   * The dispute about a job.
   *
   * @throws OpgException 811 if there is none
   */
  static Dispute existing(CourtReader court, long job) {
    Dispute dispute = court.dispute(job);
    if (dispute.stage() == Dispute.Stage.NONE) {
      throw new OpgException(ErrorCode.NO_DISPUTE, "nobody has challenged the claim of job " + job);
    }
    return dispute;
  }

  private static String sentence(Dispute dispute) {
    String claim = "The claim of job " + dispute.job() + " by " + dispute.worker();
    return switch (dispute.stage()) {
      case NONE, DISPUTED ->
          dispute.isRefuted()
              ? claim + " has fallen to challenge " + dispute.winner() + "; it is not settled yet."
              : claim
                  + " is disputed; the worker has "
                  + (dispute.isAsserted() ? "asserted its trace." : "not asserted its trace yet.");
      case UPHELD -> claim + " stands.";
      case REFUTED -> claim + " has fallen to challenge " + dispute.winner() + ".";
    };
  }
}
