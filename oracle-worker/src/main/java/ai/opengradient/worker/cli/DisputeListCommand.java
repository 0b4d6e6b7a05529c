package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.CourtEvent;
import ai.opengradient.worker.chain.Dispute;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists disputes. */
@Command(name = "list", description = "List disputes, the newest first.")
final class DisputeListCommand extends Subcommand {
  @Option(
      names = "--since",
      paramLabel = "BLOCK",
      converter = WholeNumberConverter.class,
      description = "Only those that began in this block or later; without it all.")
  private long since;

  @Override
  Answer answer() {
    try (ChainAccess chain = ChainAccess.open(opg().client().chain())) {
      long first = Math.max(since, chain.deployment().blockNumber());
      List<CourtEvent.TraceDue> begun =
          chain.court().begun(first, chain.node().newestBlock().number()).reversed();
      Table table = new Table("job", "worker", "stage", "challenges", "refuted by");
      List<Fields> disputes = new ArrayList<>();
      for (CourtEvent.TraceDue due : begun) {
        Dispute dispute = chain.court().dispute(due.job());
        table.row(
            dispute.job(),
            dispute.worker(),
            JobView.label(dispute.stage()),
            dispute.opened(),
            dispute.isRefuted() ? dispute.winner() : "-");
        disputes.add(fields(dispute));
      }
      return new Answer(
          new Fields().with("disputes", disputes).toMap(),
          begun.isEmpty() ? List.of("There are no disputes.") : table.lines());
    }
  }

  static Fields fields(Dispute dispute) {
    return new Fields()
        .with("job", dispute.job())
        .with("worker", dispute.worker())
        .with("stage", JobView.label(dispute.stage()))
        .with("openedAt", dispute.openedAt())
        .with("windowEnd", dispute.windowEnd())
        .with("asserted", dispute.isAsserted())
        .with("challenges", dispute.opened())
        .with("pending", dispute.pending())
        .with("winner", dispute.isRefuted() ? dispute.winner() : null);
  }
}
