package ai.opengradient.worker.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what the running worker means to send, has sent, and what came of it. */
@Command(
    name = "list",
    description = "List the running worker's open transactions, then the newest settled ones.")
final class TxListCommand extends Subcommand {
  private static final int GIGA = 9;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "30",
      converter = WholeNumberConverter.class,
      description = "Most to list, 1 to 1000; without it ${DEFAULT-VALUE}.")
  private long limit;

  @Override
  Answer answer() throws InterruptedException {
    Map<String, Object> found =
        new AdminClient(opg().worker().admin()).get("/transactions?limit=" + limit);
    Table table =
        new Table("effect", "stage", "nonce", "tries", "max fee (gwei)", "blocks", "left (s)", "");
    List<?> effects = (List<?>) Objects.requireNonNull(found.get("transactions"));
    long now = ((Number) Objects.requireNonNull(found.get("chainTime"))).longValue();
    for (Object effect : effects) {
      row(table, (Map<?, ?>) effect, now);
    }
    return new Answer(
        found, effects.isEmpty() ? List.of("There are no transactions.") : table.lines());
  }

  private static void row(Table table, Map<?, ?> effect, long now) {
    Object deadline = effect.get("deadline");
    Object maxFee = effect.get("maxFee");
    table.row(
        shown(effect.get("effect")),
        shown(effect.get("stage")),
        shown(effect.get("nonce")),
        ((List<?>) Objects.requireNonNull(effect.get("hashes"))).size(),
        maxFee == null
            ? "-"
            : new BigDecimal(maxFee.toString()).movePointLeft(GIGA).toPlainString(),
        shown(effect.get("age")),
        deadline == null ? "-" : Math.max(0, ((Number) deadline).longValue() - now),
        effect.containsKey("outcome") ? shown(effect.get("outcome")) : shown(effect.get("waits")));
  }

  private static Object shown(@Nullable Object value) {
    return value == null ? "-" : value;
  }
}
