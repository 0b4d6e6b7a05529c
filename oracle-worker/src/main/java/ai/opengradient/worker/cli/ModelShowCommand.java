package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.Model;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.Offer;
import ai.opengradient.worker.chain.PublishedVersion;
import ai.opengradient.worker.chain.Quote;
import ai.opengradient.worker.config.ClientConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one version. */
@Command(name = "show", description = "Show a version: signature, terms, offers.")
final class ModelShowCommand extends Subcommand {
  @Parameters(
      paramLabel = "VERSION",
      converter = WholeNumberConverter.class,
      description = "The version's id.")
  private long id;

  @Override
  Answer answer() {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain());
        ContentAccess content = ContentAccess.open(configuration.store())) {
      PublishedVersion version = chain.models().version(id);
      Model model = chain.models().model(version.model());
      ModelVersion terms = version.content();
      ContentId manifest = ContentId.fromBytes(terms.manifestBytes());
      InputNames names = InputNames.atBest(content, manifest, terms);
      List<Offer> offers = chain.workers().offers(id);
      Optional<Quote> quote = chain.quote(id, Amount.ZERO);
      List<String> lines = new ArrayList<>();
      lines.add("Version " + id + " of model " + model.id() + ", " + model.name());
      lines.add("  owner      " + model.owner());
      lines.add("  manifest   " + manifest);
      lines.add("  file       " + terms.fileLength() + " bytes, sha-256 " + terms.fileHash());
      lines.add("  licence    " + terms.licence());
      lines.add("  royalty    " + terms.royalty() + " OPG");
      lines.add("  bond       at least " + terms.bond() + " OPG");
      lines.add("  state      " + (version.deprecated() ? "deprecated" : "current"));
      List<Fields> bindings = new ArrayList<>();
      for (int index = 0; index < terms.bindings().size(); index++) {
        ModelVersion.Binding binding = terms.bindings().get(index);
        long attestations = chain.workers().attestations(id, index);
        lines.add(
            "  binding "
                + index
                + (binding.isDisputable()
                    ? ", program " + binding.programRoot() + ", attested by " + attestations
                    : ", undisputable: no court"));
        lines.addAll(lines("in ", names.inputs(), binding.inputs()));
        lines.addAll(lines("out", names.outputs(), binding.outputs()));
        bindings.add(
            new Fields()
                .with("disputable", binding.isDisputable())
                .with("program", binding.isDisputable() ? binding.programRoot() : null)
                .with("attestations", attestations)
                .with("inputs", tensors(names.inputs(), binding.inputs()))
                .with("outputs", tensors(names.outputs(), binding.outputs())));
      }
      lines.add(
          quote
              .map(found ->
                  "  %d offers; a request costs from %s OPG and %s OPG request fee, behind a bond of %s OPG"
                      .formatted(
                          found.offers(), found.lowestFee(), found.requestFee(), found.jobBond()))
              .orElse("  no offers"));
      offers.forEach(offer ->
          lines.add(
              "    "
                  + offer.worker()
                  + " for "
                  + offer.price()
                  + " OPG, bonds up to "
                  + offer.bondLimit()
                  + " OPG"
                  + (offer.until() == 0 ? "" : ", closed")));
      return new Answer(
          new Fields()
              .with("version", id)
              .with("model", model.id())
              .with("name", model.name())
              .with("owner", model.owner())
              .with("deprecated", version.deprecated())
              .with("manifest", manifest)
              .with("fileSha256", terms.fileHash())
              .with("fileLength", terms.fileLength())
              .with("licence", terms.licence())
              .with("royalty", terms.royalty())
              .with("bond", terms.bond())
              .with("tracePrice", terms.tracePrice())
              .with("bindings", bindings)
              .with(
                  "offers",
                  offers.stream()
                      .map(offer ->
                          new Fields()
                              .with("worker", offer.worker())
                              .with("price", offer.price())
                              .with("bondLimit", offer.bondLimit())
                              .with("open", offer.until() == 0))
                      .toList())
              .with(
                  "quote",
                  quote
                      .map(found ->
                          new Fields()
                              .with("lowestFee", found.lowestFee())
                              .with("requestFee", found.requestFee())
                              .with("offers", found.offers())
                              .with("jobBond", found.jobBond()))
                      .orElse(null))
              .toMap(),
          lines);
    }
  }

  private static List<String> lines(String what, List<String> names, List<TensorType> types) {
    List<String> lines = new ArrayList<>();
    for (int index = 0; index < types.size(); index++) {
      lines.add("    " + what + " " + names.get(index) + " " + types.get(index));
    }
    return lines;
  }

  private static List<Fields> tensors(List<String> names, List<TensorType> types) {
    List<Fields> tensors = new ArrayList<>();
    for (int index = 0; index < types.size(); index++) {
      tensors.add(
          new Fields()
              .with("name", names.get(index))
              .with("type", types.get(index).dataType().label())
              .with("shape", types.get(index).shape()));
    }
    return tensors;
  }
}
