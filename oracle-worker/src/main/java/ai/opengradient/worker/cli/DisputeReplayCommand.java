package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.dispute.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells a dispute move by move. */
@Command(name = "replay", description = "Tell the dispute about a job, move by move.")
final class DisputeReplayCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Override
  Answer answer() {
    try (ChainAccess chain = ChainAccess.open(opg().client().chain())) {
      Job job = chain.market().job(id);
      DisputeShowCommand.existing(chain.court(), id);
      List<String> lines = new ArrayList<>();
      List<Fields> moves = new ArrayList<>();
      for (CourtEvent event : chain.court().events(job)) {
        String text = text(event);
        long block = event.position().block();
        lines.add("block " + block + ": " + text);
        moves.add(
            new Fields()
                .with("block", block)
                .with("transaction", event.position().transaction())
                .with("event", event.getClass().getSimpleName())
                .with("text", text));
      }
      return new Answer(new Fields().with("job", id).with("moves", moves).toMap(), lines);
    }
  }

  private static String text(CourtEvent event) {
    return switch (event) {
      case CourtEvent.ChallengeCommitted committed ->
          "challenge " + committed.challenge() + " is committed with " + committed.bond() + " OPG";
      case CourtEvent.ChallengeOpened opened ->
          "challenge " + opened.challenge() + " by " + opened.challenger() + " is open";
      case CourtEvent.TraceDue due -> "the worker " + due.worker() + " has to assert its trace";
      case CourtEvent.TraceAsserted asserted -> "the worker asserts the trace " + asserted.root();
      case CourtEvent.Asked asked ->
          "challenge "
              + asked.challenge()
              + " asks for "
              + asked.path()
              + " and prepays "
              + asked.prepaid()
              + " wei";
      case CourtEvent.HashesRevealed top when top.path().equals(Path.Nodes.TOP) ->
          "it begins with " + top.hashes().size() + " hashes";
      case CourtEvent.HashesRevealed revealed ->
          revealed.hashes().size() + " hashes answer " + revealed.path();
      case CourtEvent.LeafRevealed revealed -> "a leaf answers " + revealed.path();
      case CourtEvent.VoidRevealed revealed -> "the void tensor answers " + revealed.path();
      case CourtEvent.Accumulated added ->
          "challenge "
              + added.challenge()
              + " adds terms up to "
              + added.until()
              + " of node "
              + added.node()
              + ", element "
              + added.element();
      case CourtEvent.StepDisproved proved ->
          "challenge "
              + proved.challenge()
              + " proves node "
              + proved.node()
              + ", element "
              + proved.element()
              + " false";
      case CourtEvent.OutputDisproved proved ->
          "challenge "
              + proved.challenge()
              + " proves output "
              + proved.output()
              + ", element "
              + proved.element()
              + " out of its band";
      case CourtEvent.WorkerSilent silent ->
          "the worker is silent in challenge " + silent.challenge();
      case CourtEvent.ClaimRefuted refuted -> "the claim falls to challenge " + refuted.challenge();
      case CourtEvent.ChallengeLost lost ->
          "challenge "
              + lost.challenge()
              + " is lost: "
              + lost.compensation()
              + " OPG to the worker, "
              + lost.burned()
              + " OPG burned";
      case CourtEvent.TimeoutRewarded rewarded ->
          rewarded.sender() + " has " + rewarded.reward() + " OPG for ending it";
      case CourtEvent.ChallengeForfeited forfeited ->
          "challenge " + forfeited.challenge() + " forfeits " + forfeited.burned() + " OPG";
      case CourtEvent.BondReturned returned ->
          "challenge " + returned.challenge() + " has its " + returned.bond() + " OPG back";
      case CourtEvent.Settled settled -> "it is settled: " + JobView.label(settled.stage());
    };
  }
}
