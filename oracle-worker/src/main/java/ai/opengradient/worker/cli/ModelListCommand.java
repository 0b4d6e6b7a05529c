package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Model;
import ai.opengradient.worker.chain.ModelReader;
import ai.opengradient.worker.chain.PublishedVersion;
import ai.opengradient.worker.chain.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the registry's versions. */
@Command(name = "list", description = "List the registered versions, the newest first.")
final class ModelListCommand extends Subcommand {
  @Option(
      names = "--limit",
      defaultValue = "50",
      description = "Most versions to list (${DEFAULT-VALUE}).")
  private int limit;

  @Override
  Answer answer() {
    try (ChainAccess chain = ChainAccess.open(opg().client().chain())) {
      ModelReader models = chain.models();
      Map<Long, Model> known = new HashMap<>();
      long newest = models.versionCount();
      List<Fields> rows = new ArrayList<>();
      Table table =
          new Table("version", "model", "name", "licence", "state", "offers", "lowest fee");
      for (long id = newest; id > Math.max(0, newest - limit); id--) {
        PublishedVersion version = models.version(id);
        Model model = known.computeIfAbsent(version.model(), models::model);
        Optional<Quote> quote = chain.quote(id, Amount.ZERO);
        String state = version.deprecated() ? "deprecated" : "current";
        rows.add(
            new Fields()
                .with("version", id)
                .with("model", model.id())
                .with("name", model.name())
                .with("owner", model.owner())
                .with("licence", version.content().licence())
                .with("deprecated", version.deprecated())
                .with("offers", quote.map(Quote::offers).orElse(0L))
                .with("lowestFee", quote.map(Quote::lowestFee).orElse(null)));
        table.row(
            id,
            model.id(),
            model.name(),
            version.content().licence(),
            state,
            quote.map(Quote::offers).orElse(0L),
            quote.map(found -> found.lowestFee() + " OPG").orElse("-"));
      }
      return new Answer(
          new Fields().with("total", newest).with("versions", rows).toMap(),
          rows.isEmpty() ? List.of("No version is registered.") : table.lines());
    }
  }
}
