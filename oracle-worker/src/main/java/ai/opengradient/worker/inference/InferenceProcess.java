package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs models in a child process. Any thread may call it, virtual ones too; calls wait for their
 * turn, one model runs at a time.
 *
 * <p>A model file is never changed in place while it is in use; another file at the same path is
 * another model.
 */
public final class InferenceProcess implements AutoCloseable {
  private final InferenceSettings settings;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("inference time limit").factory());
  private final ReentrantLock turn = new ReentrantLock();
  private final Profile profile;
  private volatile ChildProcess child;
  private volatile boolean closed;

  private InferenceProcess(InferenceSettings settings) throws InferenceException.StartFailed {
    this.settings = settings;
    this.child = ChildProcess.start(settings, clock);
    this.profile = child.profile();
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
    converse(Request.LOAD, model, List.of());
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
    return converse(Request.RUN, model, inputs);
  }

  /** The child's process id at this moment; it changes with each new child. */
  public long processId() {
    return child.processId();
  }

  /** Ends the child. A run in progress fails with {@link InferenceException.Cancelled}. */
  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
    child.close();
  }

  private List<Tensor> converse(Request request, Path model, List<Tensor> inputs)
      throws InferenceException {
    turn.lock();
    try {
      ChildProcess partner = living(model);
      Deadline deadline = Deadline.set(clock, settings.timeLimit(), partner::kill);
      try {
        return exchange(partner.wire(), request, model, inputs);
      } catch (IOException | TensorException e) {
        throw brokenOff(partner, deadline.meet(), model, e);
      } catch (InferenceException.OutOfMemory e) {
        partner.close();
        throw e;
      } finally {
        if (!deadline.meet()) {
          partner.close();
        }
      }
    } finally {
      turn.unlock();
    }
  }

  private ChildProcess living(Path model) throws InferenceException {
    if (!child.isUsable() && !closed) {
      child.close();
      child = ChildProcess.start(settings, clock);
    }
    if (closed) {
      child.close();
      throw new InferenceException.Cancelled(model);
    }
    return child;
  }

  private List<Tensor> exchange(Wire wire, Request request, Path model, List<Tensor> inputs)
      throws IOException, InferenceException {
    wire.writeInt(request.code());
    wire.writeText(model.toAbsolutePath().toString());
    switch (request) {
      case LOAD -> {}
      case RUN -> wire.writeTensors(inputs);
    }
    wire.flush();
    return switch (wire.readInt()) {
      case Reply.DONE -> wire.readTensors(settings.memoryLimit());
      case Reply.FAILED -> throw Failure.read(wire).toException(model, settings.memoryLimit());
      default -> throw new IOException("the inference process does not speak the protocol");
    };
  }

  private InferenceException brokenOff(
      ChildProcess partner, boolean inTime, Path model, Exception cause) {
    if (closed || cause instanceof ClosedByInterruptException) {
      partner.close();
      return new InferenceException.Cancelled(model);
    }
    if (!inTime) {
      return new InferenceException.TimedOut(model, settings.timeLimit());
    }
    ChildProcess.End end = partner.end();
    return MemoryExhaustion.isToldBy(end.lastWords())
        ? new InferenceException.OutOfMemory(model, settings.memoryLimit(), end.lastWords())
        : new InferenceException.ProcessCrashed(model, end.exitCode(), end.lastWords());
  }
}
