package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Child processes of ONNX Runtime side by side. A model stays with the one that ran it first, so
 * that one of them has it loaded; a child that dies costs the run that was in it, and no other
 * model's. Any thread may call it.
 */
public final class StockProcesses implements AutoCloseable {
  private final List<InferenceProcess> processes;
  private final Map<Path, InferenceProcess> homes = new HashMap<>();

  private StockProcesses(List<InferenceProcess> processes) {
    this.processes = List.copyOf(processes);
  }

  /**
   * Starts so many children and waits until they are ready.
   *
   * @param settings of each of them
   * @throws InferenceException.StartFailed if one can't be started
   */
  public static StockProcesses start(InferenceSettings settings, int count)
      throws InferenceException.StartFailed {
    List<InferenceProcess> started = new ArrayList<>();
    @Nullable StockProcesses complete = null;
    try {
      while (started.size() < count) {
        started.add(InferenceProcess.start(settings));
      }
      complete = new StockProcesses(started);
      return complete;
    } finally {
      if (complete == null) {
        started.forEach(InferenceProcess::close);
      }
    }
  }

  /** What computes the answers, for the record: the same of all. */
  public Profile profile() {
    return processes.getFirst().profile();
  }

  /**
   * Runs a model once, in the child that it stays with.
   *
   * @throws InferenceException if there is no answer
   * @see InferenceProcess#run
   */
  public List<Tensor> run(Path model, List<Tensor> inputs) throws InferenceException {
    return home(model).run(model, inputs);
  }

  /** Of the child that the model stays with; it changes with each new child. */
  long processId(Path model) {
    return home(model).processId();
  }

  /** With the fewest models so far; of several such ones the first. */
  private InferenceProcess home(Path model) {
    synchronized (homes) {
      return homes.computeIfAbsent(
          model, _ -> processes.stream().min(Comparator.comparingLong(this::models)).orElseThrow());
    }
  }

  private long models(InferenceProcess process) {
    return homes.values().stream().filter(process::equals).count();
  }

  /** Ends the children. Runs in progress fail with {@link InferenceException.Cancelled}. */
  @Override
  public void close() {
    processes.forEach(InferenceProcess::close);
  }
}
