package ai.opengradient.worker.serve;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.calibration.BandProposal;
import ai.opengradient.worker.calibration.Verdicts;
import ai.opengradient.worker.chain.ModelVersion;
import ai.opengradient.worker.config.GuardPolicy;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.StockProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Computes answers that a worker can put its bond behind: by ONNX Runtime where the band allows it,
 * by the canonical engine where it does not. The canonical answer is always a right claim.
 */
public final class Answering implements AnswerSource {
  private static final int SAMPLED_SHARE = 16;
  private static final String CANONICAL = "canonical engine";

  private final StockProcesses stock;
  private final CanonicalProcess canonical;
  private final LongFunction<GuardPolicy> guards;
  private final RegisteredPrograms programs;

  /**
   * @param guards how often the canonical engine checks what ONNX Runtime answered, by version
   */
  public Answering(
      StockProcesses stock, CanonicalProcess canonical, LongFunction<GuardPolicy> guards) {
    this.stock = stock;
    this.canonical = canonical;
    this.guards = guards;
    this.programs = new RegisteredPrograms(canonical);
  }

  /** {@inheritDoc} Lowered once for each binding. */
  @Override
  public void requireProgram(Binding binding, ModelVersion version, Path file)
      throws InferenceException, WrongProgram {
    programs.require(binding, version, file);
  }

  /**
   * {@inheritDoc}
   *
   * @param job decides whether a sampled guard checks it
   */
  @Override
  public Answer answer(
      long job, Binding binding, ModelVersion version, Path file, List<Tensor> inputs)
      throws InferenceException, WrongProgram {
    ModelVersion.Binding registered = version.bindings().get(binding.number());
    if (!registered.isDisputable()) {
      return new Answer(stock.run(file, inputs), stock.profile().toString());
    }
    requireProgram(binding, version, file);
    if (Bands.isExact(version) || programs.of(binding, registered, file).discontinuous()) {
      return canonical(file, inputs, "");
    }
    List<Tensor> outputs;
    try {
      outputs = stock.run(file, inputs);
    } catch (InferenceException.ModelRejected refused) {
      return canonical(file, inputs, ", since ONNX Runtime does not take the model");
    }
    if (!outputs.stream().allMatch(Verdicts::isFinite)) {
      return canonical(file, inputs, ", since the stock answer is not finite");
    }
    if (isGuarded(job, binding.version())) {
      List<Tensor> exact = canonical.run(file, inputs);
      // What lies beyond an eighth of the band is too near to its edge to be claimed.
      if (!Verdicts.isRight(outputs, exact, Bands.narrowed(version, BandProposal.MARGIN))) {
        return new Answer(exact, CANONICAL + ", since the stock answer deviates too much");
      }
    }
    return new Answer(outputs, stock.profile().toString());
  }

  private Answer canonical(Path file, List<Tensor> inputs, String reason)
      throws InferenceException {
    return new Answer(canonical.run(file, inputs), CANONICAL + reason);
  }

  private boolean isGuarded(long job, long version) {
    return switch (guards.apply(version)) {
      case NEVER -> false;
      case SAMPLED -> new SplittableRandom(job).nextInt(SAMPLED_SHARE) == 0;
      case ALWAYS -> true;
    };
  }
}
