package ai.opengradient.worker.inference;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.worker.calibration.Degradation;
import java.nio.file.Path;
import java.util.List;

/**
 * Lowers models and runs them by the canonical engine in a child process: a model's canonical
 * answer, bit by bit. Any thread may call it, virtual ones too; calls wait for their turn.
 *
 * <p>A model file is never changed in place while it is in use; another file at the same path is
 * another model.
 */
public final class CanonicalProcess implements AutoCloseable {
  private final InferenceSettings settings;
  private final ModelProcess process;

  private CanonicalProcess(InferenceSettings settings) {
    this.settings = settings;
    this.process = new ModelProcess(settings, socket -> ChildCommand.canonical(settings, socket));
  }

  /** The child starts with the first question. */
  public static CanonicalProcess whenNeeded(InferenceSettings settings) {
    return new CanonicalProcess(settings);
  }

  /**
   * Lowers a model.
   *
   * @param model an ONNX file
   * @throws InferenceException.ModelRejected if it can't be lowered; the message names the node
   * @throws InferenceException if there is no answer
   */
  public ProgramSummary lower(Path model, Shapes shapes, Degradation degradation)
      throws InferenceException {
    return process.converse(
        Request.LOWER,
        model,
        wire -> {
          ShapesOnWire.write(wire, shapes);
          wire.writeText(degradation.name());
        },
        wire ->
            new ProgramSummary(
                Hash.fromHex(wire.readText()), wire.readInt() != 0, wire.readTypes()));
  }

  /**
   * Computes the canonical answer.
   *
   * @param model an ONNX file
   * @param inputs in the order of the model's inputs
   * @return in the order of the model's outputs, in canonical form
   * @throws InferenceException if there is no answer
   */
  public List<Tensor> run(Path model, List<Tensor> inputs) throws InferenceException {
    return run(model, shapesOf(inputs), Degradation.NONE, inputs);
  }

  /**
   * Computes what a degraded model would answer, exactly.
   *
   * @throws InferenceException if there is no answer
   */
  public List<Tensor> run(Path model, Shapes shapes, Degradation degradation, List<Tensor> inputs)
      throws InferenceException {
    return process.converse(
        Request.RUN_CANONICALLY,
        model,
        wire -> {
          ShapesOnWire.write(wire, shapes);
          wire.writeText(degradation.name());
          wire.writeTensors(inputs);
        },
        wire -> wire.readTensors(settings.memoryLimit()));
  }

  /**
   * Computes every node and keeps the tensors in a file, which {@link
   * ai.opengradient.canon.engine.TraceFile} opens.
   *
   * @param model an ONNX file
   * @param inputs in the order of the model's inputs
   * @param folder takes the program and its weights ({@link ProgramFiles}), if they are not there
   * @param trace the file; whatever is there is lost
   * @return the program's root
   * @throws InferenceException if there is no answer
   */
  public Hash trace(Path model, List<Tensor> inputs, Path folder, Path trace)
      throws InferenceException {
    return process.converse(
        Request.TRACE,
        model,
        wire -> {
          ShapesOnWire.write(wire, shapesOf(inputs));
          wire.writeText(folder.toAbsolutePath().toString());
          wire.writeText(trace.toAbsolutePath().toString());
          wire.writeTensors(inputs);
        },
        wire -> Hash.fromHex(wire.readText()));
  }

  /** What the types of a job's inputs bind. */
  public static Shapes shapesOf(List<Tensor> inputs) {
    return Shapes.of(inputs.stream().map(Tensor::type).toList());
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
