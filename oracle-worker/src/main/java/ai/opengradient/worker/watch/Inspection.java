package ai.opengradient.worker.watch;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.calibration.Degradation;
import ai.opengradient.worker.calibration.Verdicts;
import ai.opengradient.worker.court.OpenTrace;
import ai.opengradient.worker.court.Subject;
import ai.opengradient.worker.court.TraceStore;
import ai.opengradient.worker.dispute.Comparison;
import ai.opengradient.worker.dispute.Difference;
import ai.opengradient.worker.inference.CanonicalProcess;
import ai.opengradient.worker.inference.InferenceException;
import ai.opengradient.worker.inference.ProgramSummary;
import ai.opengradient.worker.inference.StockProcesses;
import ai.opengradient.worker.serve.Bands;
import ai.opengradient.worker.serve.WrongProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out whether a claim is right: cheaply by ONNX Runtime where its answer leaves no doubt,
 * else by the canonical engine.
 */
final class Inspection {
  private final StockProcesses stock;
  private final CanonicalProcess canonical;
  private final TraceStore traces;
  private final Map<Hash, ProgramSummary> programs = new ConcurrentHashMap<>();

  Inspection(StockProcesses stock, CanonicalProcess canonical, TraceStore traces) {
    this.stock = stock;
    this.canonical = canonical;
    this.traces = traces;
  }

  /**
   * Inspects a claim.
   *
   * @throws WrongProgram if the model file is not the registered program
   * @throws InferenceException if there is no canonical answer
   * @throws IOException if a trace can't be kept on disk
   */
  Finding inspect(Subject subject) throws WrongProgram, InferenceException, IOException {
    return isCleared(subject) ? new Finding.Right("ONNX Runtime") : decide(subject);
  }

  /** The same by the canonical engine alone. */
  Finding decide(Subject subject) throws WrongProgram, InferenceException, IOException {
    OpenTrace trace = traces.open(subject);
    Optional<Difference> difference =
        Comparison.first(trace.run(), subject.tensors().claims(), subject.bands());
    if (difference.isPresent()) {
      return new Finding.Wrong(trace, difference.get());
    }
    trace.close();
    traces.forget(subject.job());
    return new Finding.Right("the canonical engine");
  }

  /**
   * Whether ONNX Runtime says so nearly what the claim does that the claim must be right: both lie
   * within half a band of each other, and the stock answer of a model that was calibrated lies
   * within an eighth of the canonical one. Where small differences can leap nothing is near.
   */
  private boolean isCleared(Subject subject) throws InferenceException {
    if (Bands.isExact(subject.version()) || program(subject).discontinuous()) {
      return false;
    }
    try {
      List<Tensor> answer = stock.run(subject.model(), subject.inputs());
      return subject.claims().stream().allMatch(Verdicts::isFinite)
          && Verdicts.isRight(
              canonicalForm(subject.claims()), answer, Bands.narrowed(subject.version(), 2));
    } catch (InferenceException.ModelRejected notForStock) {
      return false;
    }
  }

  private static List<Tensor> canonicalForm(List<Tensor> claims) {
    return claims.stream().map(Tensor::canonical).toList();
  }

  private ProgramSummary program(Subject subject) throws InferenceException {
    Hash root = subject.binding().programRoot();
    ProgramSummary known = programs.get(root);
    if (known != null) {
      return known;
    }
    ProgramSummary summary =
        canonical.lower(
            subject.model(), CanonicalProcess.shapesOf(subject.inputs()), Degradation.NONE);
    programs.put(root, summary);
    return summary;
  }
}
