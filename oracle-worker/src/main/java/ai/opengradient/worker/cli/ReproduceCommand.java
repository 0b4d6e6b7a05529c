package ai.opengradient.worker.cli;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.calibration.Deviation;
import ai.opengradient.worker.calibration.Verdicts;
import ai.opengradient.worker.chain.Job;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.config.ClientConfiguration;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.ExitCode;
import ai.opengradient.worker.error.OpgException;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.serve.Bands;
import ai.opengradient.worker.serve.JobTensors;
import ai.opengradient.worker.tensorfile.JsonTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Computes a job's canonical answer anew and judges the claim by it. */
@Command(
    name = "reproduce",
    description = {
      "Compute a job's canonical answer here and judge what was claimed.",
      "Everything comes from the chain and from content-addressed files; nobody is trusted."
    })
final class ReproduceCommand extends Subcommand {
  @Parameters(paramLabel = "JOB", converter = JobConverter.class, description = "The job's id.")
  private long id;

  @Mixin private EngineChoice engines = new EngineChoice();

  @Override
  Answer answer() throws InferenceException {
    ClientConfiguration configuration = opg().client();
    try (ChainAccess chain = ChainAccess.open(configuration.chain());
        ContentAccess content = ContentAccess.open(configuration.store());
        TemporaryFolder folder = TemporaryFolder.make();
        CanonicalProcess canonical = CanonicalProcess.whenNeeded(engines.settings(folder.path()))) {
      JobView view = JobView.read(chain.market(), id);
      if (!view.isAnswered()) {
        throw new OpgException(ErrorCode.JOB_WITHOUT_ANSWER, "job " + id + " has no answer");
      }
      Job job = view.job();
      ModelVersion version = chain.models().version(job.version()).content();
      ModelVersion.Binding binding = version.bindings().get(job.binding());
      if (!binding.isDisputable()) {
        throw new OpgException(
            ErrorCode.NO_PROGRAM,
            "binding " + job.binding() + " of version " + job.version() + " has none");
      }
      List<Tensor> inputs =
          JobTensors.resolve(chain.market().request(job).inputs(), content.fetch());
      Path file = ModelAttestCommand.file(content, version);
      Hash root = canonical.lower(file, CanonicalProcess.shapesOf(inputs), Degradation.NONE).root();
      ModelAttestCommand.requireRoot(job.version(), job.binding(), binding.programRoot(), root);
      List<Tensor> claim = JobTensors.resolve(view.result().outputs(), content.fetch());
      return answer(version, root, claim, canonical.run(file, inputs));
    }
  }

  private Answer answer(ModelVersion version, Hash root, List<Tensor> claim, List<Tensor> exact) {
    boolean isRight = Verdicts.isRight(claim, exact, Bands.of(version));
    List<Fields> outputs = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    lines.add("Program " + root + ", the registered one.");
    for (int output = 0; output < exact.size(); output++) {
      double deviation = Deviation.of(claim.get(output), exact.get(output)).greatest();
      lines.add("Output " + output + " deviates by " + deviation + " of its greatest magnitude.");
      outputs.add(
          new Fields()
              .with("canonical", JsonTensor.write(exact.get(output)))
              .with("claimed", JsonTensor.write(claim.get(output)))
              .with("deviation", Double.isFinite(deviation) ? deviation : null));
    }
    lines.add(
        isRight
            ? "The claim of job " + id + " is right: every element is within its band."
            : "The claim of job " + id + " is WRONG: an element is out of its band.");
    return new Answer(
        new Fields()
            .with("job", id)
            .with("root", root)
            .with("right", isRight)
            .with("outputs", outputs)
            .toMap(),
        lines,
        isRight ? ExitCode.OK : ExitCode.FAILED);
  }
}
