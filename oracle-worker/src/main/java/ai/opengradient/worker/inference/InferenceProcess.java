package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs models by ONNX Runtime in a child process. Any thread may call it, virtual ones too; calls
 * wait for their turn, one model runs at a time.
 *
 * <p>A model file is never changed in place while it is in use; another file at the same path is
 * another model.
 */
public final class InferenceProcess implements AutoCloseable {
  private final InferenceSettings settings;
  private final ModelProcess process;
  private final Profile profile;

  private InferenceProcess(InferenceSettings settings) throws InferenceException.StartFailed {
    this.settings = settings;
    this.process = new ModelProcess(settings, socket -> ChildCommand.stock(settings, socket));
    List<String> texts = process.start();
    this.profile =
        new Profile(
            texts.get(0),
            texts.get(1),
            texts.get(2),
            settings.threads(),
            settings.optimisation(),
            texts.get(3),
            texts.get(4));
  }

  /**
   * Starts the child and waits until it is ready, about a second.
   *
   * @throws InferenceException.StartFailed if it can't be started
   */
  public static InferenceProcess start(InferenceSettings settings)
      throws InferenceException.StartFailed {
    return new InferenceProcess(settings);
  }

  /** What computes the answers, for the record. */
  public Profile profile() {
    return profile;
  }

  /**
   * Gets a model ready, so that the first run need not.
   *
   * @param model an ONNX file
   * @throws InferenceException if it can't be loaded
   */
  public void load(Path model) throws InferenceException {
    process.converse(
        Request.LOAD, model, wire -> {}, wire -> wire.readTensors(settings.memoryLimit()));
  }

  /**
   * Runs a model once, loading it first where it isn't ready.
   *
   * @param model an ONNX file
   * @param inputs in the order of the model's inputs; taken in canonical form
   * @return in the order of the model's outputs, in canonical form
   * @throws InferenceException if there is no answer
   */
  public List<Tensor> run(Path model, List<Tensor> inputs) throws InferenceException {
    return process.converse(
        Request.RUN,
        model,
        wire -> wire.writeTensors(inputs),
        wire -> wire.readTensors(settings.memoryLimit()));
  }

  /** The child's process id at this moment; it changes with each new child. */
  public long processId() {
    return process.processId();
  }

  /** Ends the child. A run in progress fails with {@link InferenceException.Cancelled}. */
  @Override
  public void close() {
    process.close();
  }
}
