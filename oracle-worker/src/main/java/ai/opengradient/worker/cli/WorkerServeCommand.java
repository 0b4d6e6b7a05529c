package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Address;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Offer;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.config.WorkerConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Offers a version on chain. */
@Command(
    name = "serve",
    description = {
      "Offer to run a version, or change the offer's price.",
      "Adds the offer to the configuration if it isn't there, so that the next `opg worker run` serves it."
    })
final class WorkerServeCommand extends Subcommand {
  @Parameters(
      paramLabel = "VERSION",
      converter = WholeNumberConverter.class,
      description = "The version's id.")
  private long version;

  @Option(
      names = "--price",
      paramLabel = "OPG",
      required = true,
      converter = AmountConverter.class,
      description = "Price of a job.")
  private Amount price = Amount.ZERO;

  @Option(
      names = "--bond-limit",
      paramLabel = "OPG",
      required = true,
      converter = AmountConverter.class,
      description = "Greatest job bond to accept.")
  private Amount bondLimit = Amount.ZERO;

  @Override
  Answer answer() throws InterruptedException {
    WorkerConfiguration configuration = opg().worker();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      chain.models().version(version);
      Address worker = account.address();
      Optional<Offer> standing =
          chain.workers().offer(version, worker).filter(offer -> offer.until() == 0);
      Call call =
          standing.isPresent()
              ? chain.workerCalls().reprice(worker, version, price, bondLimit)
              : chain.workerCalls().openOffer(worker, version, price, bondLimit);
      String purpose = (standing.isPresent() ? "Reprice version " : "Offer version ") + version;
      Receipt receipt = account.send(purpose, call);
      List<String> lines = new ArrayList<>();
      lines.add(
          worker
              + " offers version "
              + version
              + " for "
              + price
              + " OPG, bonds up to "
              + bondLimit
              + " OPG.");
      lines.addAll(configure(configuration));
      return new Answer(
          new Fields()
              .with("worker", worker)
              .with("version", version)
              .with("price", price)
              .with("bondLimit", bondLimit)
              .with("repriced", standing.isPresent())
              .with("transaction", receipt.transaction())
              .with("gas", receipt.gasUsed())
              .toMap(),
          lines);
    }
  }

  private List<String> configure(WorkerConfiguration configuration) {
    String entry =
        "offer.%d.price = %s%noffer.%d.bond-limit = %s%n"
            .formatted(version, price, version, bondLimit);
    boolean known = configuration.offers().stream().anyMatch(offer -> offer.version() == version);
    Optional<Path> file = opg().configurationFile();
    if (known || file.isEmpty()) {
      return List.of("The configuration should say:", entry.stripTrailing());
    }
    try {
      Files.writeString(file.get(), entry, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OpgException(
          ErrorCode.FILE_NOT_WRITABLE,
          "the offer stands, but " + file.get() + " can't be written; add to it: " + entry,
          e);
    }
    return List.of("Added to " + file.get() + "; a running worker serves it after its next start.");
  }
}
