package ai.opengradient.worker.cli;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.store.fetch.Progress;
import ai.opengradient.store.fetch.VerifiedFetch;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.chain.Receipt;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.serve.VersionFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says on chain that a version's file is the program that it is registered with. */
@Command(
    name = "attest",
    description = {
      "Lower a version's file anew and say on chain, as a staked worker, that it is the registered program.",
      "Information for requesters, not a judgement."
    })
final class ModelAttestCommand extends Subcommand {
  @Parameters(
      paramLabel = "VERSION",
      converter = WholeNumberConverter.class,
      description = "The version's id.")
  private long version;

  @Override
  Answer answer() throws InterruptedException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain());
        ContentAccess content = ContentAccess.open(configuration.store())) {
      Account account = opg().account(chain, configuration.key(), configuration.chain());
      ModelVersion fixed = chain.models().version(version).content();
      ModelPrograms programs = ModelPrograms.read(file(content, fixed));
      List<Fields> attested = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (int binding = 0; binding < fixed.bindings().size(); binding++) {
        ModelVersion.Binding registered = fixed.bindings().get(binding);
        if (registered.isDisputable()
            && !chain.workers().hasAttested(version, binding, account.address())) {
          Hash root = programs.lower(registered.inputs(), registered.outputs()).hash();
          requireRoot(version, binding, registered.programRoot(), root);
          Receipt receipt =
              account.send(
                  "Attest binding " + binding,
                  chain.workerCalls().attest(account.address(), version, binding, root));
          attested.add(
              new Fields()
                  .with("binding", binding)
                  .with("root", root)
                  .with("transaction", receipt.transaction())
                  .with("gas", receipt.gasUsed()));
          lines.add("Binding " + binding + " is program " + root + ", attested.");
        }
      }
      if (lines.isEmpty()) {
        lines.add("Nothing to attest: no binding has a program that you have not attested.");
      }
      return new Answer(
          new Fields()
              .with("version", version)
              .with("worker", account.address())
              .with("attested", attested)
              .toMap(),
          lines);
    }
  }

  /** The version's file, as the chain has it. */
  static Path file(ContentAccess content, ModelVersion version) {
    VerifiedFetch fetch = content.fetch();
    return VersionFile.of(version, fetch).fetch(fetch, Progress.NONE);
  }

  static void requireRoot(long version, int binding, Hash registered, Hash lowered) {
    if (!registered.equals(lowered)) {
      throw new OpgException(
          ErrorCode.PROGRAM_MISMATCH,
          "version %d, binding %d: the file's program is %s, the registered one %s"
              .formatted(version, binding, lowered, registered));
    }
  }
}
