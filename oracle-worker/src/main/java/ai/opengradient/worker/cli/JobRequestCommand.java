package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Call;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.JobRequest;
import ai.opengradient.worker.chain.JobTensor;
import ai.opengradient.worker.chain.MarketEvent;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.PublishedVersion;
import ai.opengradient.worker.chain.Quote;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.serve.LocalData;
import ai.opengradient.worker.telemetry.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for one answer. */
@Command(
    name = "request",
    description = {
      "Request an answer from a version's workers.",
      "The fee is taken at once and what the worker doesn't ask comes back. Inputs and outputs are public."
    })
final class JobRequestCommand extends Subcommand {
  @Parameters(
      paramLabel = "VERSION",
      converter = WholeNumberConverter.class,
      description = "The version's id.")
  private long id;

  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      description =
          "An input: @file.npy, @file.json, @file.pb, @file.png, or JSON itself. Once for each.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--by-reference",
      paramLabel = "NAME",
      description =
          "Put this input's data into the local store instead of the request; serve them with"
              + " `opg store serve` until the job is over.")
  private Set<String> references = new TreeSet<>();

  @Option(
      names = "--outputs-by-reference",
      description =
          "Have the outputs' tree roots claimed instead of their data, which the worker keeps in its"
              + " store; needed where they are too large for the chain.")
  private boolean outputsByReference;

  @Option(
      names = "--binding",
      defaultValue = "0",
      description = "Which of the version's bindings of shapes (${DEFAULT-VALUE}).")
  private int binding;

  @Option(
      names = "--max-fee",
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "Most to pay, request fee apart; without it what the cheapest offer needs now.")
  private @Nullable Amount maxFee;

  @Option(
      names = "--bond",
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "Least bond that the worker must lock behind its answer.")
  private Amount bond = Amount.ZERO;

  @Option(
      names = "--claim-period",
      paramLabel = "SECONDS",
      defaultValue = "0",
      converter = WholeNumberConverter.class,
      description =
          "How long the drawn worker has, up to the market's last deadline, where a model takes long"
              + " to run; without it the market's usual time.")
  private long claimPeriod;

  @Option(
      names = "--accept-undisputable",
      description = "Accept that no court can judge the answer, where the version has no program.")
  private boolean acceptUndisputable;

  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain())) {
      PublishedVersion version = chain.models().version(id);
      if (version.deprecated()) {
        throw new OpgException(ErrorCode.VERSION_DEPRECATED, "version " + id + " is deprecated");
      }
      List<JobTensor> given = inputs(configuration, version.content());
      if (!outputsByReference) {
        OutputLimit.require(
            chain.market(), id, version.content().bindings().get(binding).outputs());
      }
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      // What it may cost changes from one try to the next.
      Call intention = chain.marketCalls().request(request(given, Amount.ZERO));
      Optional<Receipt> done = account.done(intention);
      return answer(
          chain, account, done.isPresent() ? done.get() : send(chain, account, given, intention));
    }
  }

  private Receipt send(ChainAccess chain, Account account, List<JobTensor> given, Call intention)
      throws InterruptedException {
    Quote quote =
        chain
            .quote(id, bond)
            .orElseThrow(() ->
                new OpgException(
                    ErrorCode.NO_OFFERS,
                    "no worker offers version "
                        + id
                        + (bond.equals(Amount.ZERO) ? "" : " with a bond of " + bond + " OPG")));
    Amount fee = fee(quote);
    account.allow(chain.deployment().market(), fee.plus(quote.requestFee()));
    return account.send("Request", chain.marketCalls().request(request(given, fee)), intention);
  }

  private JobRequest request(List<JobTensor> given, Amount fee) {
    return new JobRequest(
        id, binding, acceptUndisputable, outputsByReference, 0, fee, bond, claimPeriod, given);
  }

  private Amount fee(Quote quote) {
    if (maxFee == null) {
      return quote.lowestFee();
    }
    if (quote.lowestFee().compareTo(maxFee) > 0) {
      throw new OpgException(
          ErrorCode.FEE_ABOVE_LIMIT,
          "the cheapest offer needs " + quote.lowestFee() + " OPG, above " + maxFee + " OPG");
    }
    return maxFee;
  }

  private List<JobTensor> inputs(ClientConfiguration configuration, ModelVersion version) {
    if (binding < 0 || binding >= version.bindings().size()) {
      throw new OpgException(
          ErrorCode.UNKNOWN_BINDING,
          "version " + id + " has " + version.bindings().size() + " bindings, counted from 0");
    }
    ModelVersion.Binding chosen = version.bindings().get(binding);
    if (!chosen.isDisputable() && !acceptUndisputable) {
      throw new OpgException(
          ErrorCode.UNDISPUTABLE_NOT_ACCEPTED,
          "binding " + binding + " of version " + id + " has no program");
    }
    Map<String, String> given = InputArguments.parse("opg job request", inputs);
    List<String> names = names(configuration, version, given);
    List<NamedTensor> wanted = new ArrayList<>();
    for (int index = 0; index < names.size(); index++) {
      wanted.add(new NamedTensor(names.get(index), chosen.inputs().get(index)));
    }
    for (String reference : references) {
      if (!names.contains(reference)) {
        throw new OpgException(
            ErrorCode.INPUT_NAMES_WRONG, "the model takes " + names + ", not " + reference);
      }
    }
    List<Tensor> tensors = InputArguments.read(opg().surroundings().folder(), wanted, given);
    BlockStore store = configuration.store().blocks(WallClock.instants());
    List<JobTensor> jobInputs = new ArrayList<>();
    for (int index = 0; index < tensors.size(); index++) {
      jobInputs.add(
          references.contains(names.get(index))
              ? LocalData.add(store, tensors.get(index))
              : new JobTensor.Inline(tensors.get(index)));
    }
    return jobInputs;
  }

  /** Positions need no manifest. */
  private static List<String> names(
      ClientConfiguration configuration, ModelVersion version, Map<String, String> given) {
    List<String> positions = InputNames.positions(version.bindings().getFirst().inputs().size());
    if (positions.containsAll(given.keySet())) {
      return positions;
    }
    try (ContentAccess content = ContentAccess.open(configuration.store())) {
      return InputNames.of(content, ContentId.fromBytes(version.manifestBytes()), version).inputs();
    }
  }

  private Answer answer(ChainAccess chain, Account account, Receipt receipt) {
    MarketEvent.JobRequested requested =
        chain.market().eventsOf(receipt.transaction()).stream()
            .filter(MarketEvent.JobRequested.class::isInstance)
            .map(MarketEvent.JobRequested.class::cast)
            .findFirst()
            .orElseThrow(() ->
                new OpgException(
                    ErrorCode.CHAIN_ANSWER_INVALID,
                    "transaction " + receipt.transaction() + " requested no job"));
    Job job = chain.market().job(requested.job());
    Amount requestFee = chain.market().parameters(job.parameters()).requestFee();
    return new Answer(
        new Fields()
            .with("job", job.id())
            .with("version", id)
            .with("requester", account.address())
            .with("maxFee", requested.maxFee())
            .with("requestFee", requestFee)
            .with("jobBond", job.bond())
            .with("transaction", receipt.transaction())
            .with("block", receipt.block())
            .with("gas", receipt.gasUsed())
            .toMap(),
        List.of(
            "Job "
                + job.id()
                + " is requested: at most "
                + requested.maxFee()
                + " OPG, and "
                + requestFee
                + " OPG request fee.",
            "Follow it with: opg job watch " + job.id()));
  }
}
