package ai.opengradient.worker.cli;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order about one of the running worker's transactions. */
abstract class TxOrder extends Subcommand {
  @Parameters(paramLabel = "EFFECT", description = "Which, as `opg tx list` names it.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String effect;

  @Option(
      names = "--cap",
      paramLabel = "GWEI",
      converter = GigaweiConverter.class,
      description =
          "Most that this transaction may pay for a unit of gas; without it transactions.fee-cap.")
  private @Nullable BigInteger cap;

  /** Gives the order to the worker. */
  final Answer order(String what, String more) throws InterruptedException {
    Map<String, Object> came =
        new AdminClient(opg().worker().admin())
            .post(
                "/transactions/"
                    + what
                    + "?effect="
                    + URLEncoder.encode(effect, StandardCharsets.UTF_8)
                    + (cap == null ? "" : "&cap=" + cap)
                    + more);
    Object transaction = came.get("transaction");
    return new Answer(
        came,
        List.of(
            transaction == null
                ? effect + " was not sent, and won't be."
                : "Sent "
                    + transaction
                    + " in place of the last one, for up to "
                    + came.get("maxFee")
                    + " wei a unit of gas."));
  }
}
