package ai.opengradient.worker.cli;

import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramOpening;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.manifest.Manifest;
import ai.opengradient.store.manifest.NamedTensor;
import ai.opengradient.store.manifest.Signature;
import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Registers a published model's version on chain. */
@Command(
    name = "register",
    description = {
      "Register a published model on chain: a version that never changes.",
      "The file is lowered for each binding, and the programs' roots are part of the version for ever."
    })
final class ModelRegisterCommand extends Subcommand {
  @Parameters(paramLabel = "MANIFEST", description = "The manifest's content id.")
  private String manifestId = "";

  @Option(
      names = "--model",
      paramLabel = "ID",
      converter = WholeNumberConverter.class,
      description = "The model whose new version this is; without it a new model is created.")
  private @Nullable Long model;

  @Option(
      names = "--royalty",
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "What each finalised job pays to the model's owner.")
  private Amount royalty = Amount.ZERO;

  @Option(
      names = "--bond",
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "Least job bond that a worker must lock.")
  private Amount bond = Amount.ZERO;

  @Option(
      names = "--trace-price",
      paramLabel = "OPG",
      converter = AmountConverter.class,
      description = "What producing a trace is worth.")
  private Amount tracePrice = Amount.ZERO;

  @Option(
      names = "--undisputable",
      description =
          "Register no program: no court can ever judge the answers, and requesters must accept that.")
  private boolean undisputable;

  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    ContentId id = ContentId.parse(manifestId);
    try (ContentAccess content = ContentAccess.open(configuration.store());
        ChainAccess chain = ChainAccess.open(configuration.chain())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      Manifest manifest = content.fetch().manifest(id);
      List<Program> programs = undisputable ? List.of() : programs(content, manifest);
      long owner = model == null ? create(chain, account, manifest.name()) : model;
      Receipt receipt =
          account.send(
              "Publish a version of model " + owner,
              chain
                  .modelCalls()
                  .publish(
                      owner,
                      version(id, manifest, programs),
                      programs.stream().map(ProgramOpening::ofEnds).toList()));
      long version = found(chain.models().versionPublishedBy(receipt.transaction()), receipt);
      return new Answer(
          new Fields()
              .with("version", version)
              .with("model", owner)
              .with("name", manifest.name())
              .with("owner", account.address())
              .with("manifest", id)
              .with("programs", programs.stream().map(Program::hash).toList())
              .with("royalty", royalty)
              .with("bond", bond)
              .with("transaction", receipt.transaction())
              .with("gas", receipt.gasUsed())
              .toMap(),
          "Version "
              + version
              + " of model "
              + owner
              + ", "
              + manifest.name()
              + ", is registered"
              + (undisputable ? " without a program: no court can judge its answers." : "."));
    }
  }

  /** One for each binding. */
  private List<Program> programs(ContentAccess content, Manifest manifest) {
    ModelPrograms file =
        ModelPrograms.read(
            content.fetch().model(manifest.file(), manifest.data(), new FetchProgress(opg())));
    List<Program> programs = new ArrayList<>();
    for (Signature binding : manifest.bindings()) {
      opg().progress("Lowering binding " + programs.size());
      programs.add(program(file, binding));
    }
    return programs;
  }

  private static Program program(ModelPrograms file, Signature binding) {
    try {
      return file.lower(NamedTensor.types(binding.inputs()), NamedTensor.types(binding.outputs()));
    } catch (StoreException.UnsupportedOnnx
        | StoreException.UnboundInputs
        | StoreException.NothingToCompute refused) {
      throw new OpgException(
          ErrorCode.ONNX_UNSUPPORTED,
          refused.getMessage() + "; or register it --undisputable: then no court can judge it",
          refused);
    }
  }

  private static long create(ChainAccess chain, Account account, String name)
      throws InterruptedException {
    Receipt receipt = account.send("Create model " + name, chain.modelCalls().createModel(name));
    return found(chain.models().modelCreatedBy(receipt.transaction()), receipt);
  }

  private static long found(OptionalLong id, Receipt receipt) {
    return id.orElseThrow(() ->
        new OpgException(
            ErrorCode.CHAIN_ANSWER_INVALID,
            "transaction " + receipt.transaction() + " has not the event it should have"));
  }

  private ModelVersion version(ContentId id, Manifest manifest, List<Program> programs) {
    List<ModelVersion.Binding> bindings = new ArrayList<>();
    for (int binding = 0; binding < manifest.bindings().size(); binding++) {
      Signature signature = manifest.bindings().get(binding);
      bindings.add(
          new ModelVersion.Binding(
              programs.isEmpty() ? ModelVersion.Binding.NO_PROGRAM : programs.get(binding).hash(),
              NamedTensor.types(signature.inputs()),
              NamedTensor.types(signature.outputs())));
    }
    return new ModelVersion(
        HexFormat.of().formatHex(id.bytes()),
        manifest.file().content().sha256(),
        manifest.file().content().length(),
        royalty,
        bond,
        tracePrice,
        manifest.licence(),
        manifest.bands().stream()
            .map(band -> new ModelVersion.Band(band.absolute(), band.relative()))
            .toList(),
        manifest.domains().stream()
            .map(domain -> new ModelVersion.Domain(domain.low(), domain.high()))
            .toList(),
        bindings);
  }
}
