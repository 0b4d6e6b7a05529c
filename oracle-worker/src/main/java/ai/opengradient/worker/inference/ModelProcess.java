package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.TensorException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A child that is asked about models, and the next one when it is gone. Any thread may call it,
 * virtual ones too; calls wait for their turn.
 */
final class ModelProcess implements AutoCloseable {
  private final InferenceSettings settings;
  private final Launch launch;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("inference time limit").factory());
  private final ReentrantLock turn = new ReentrantLock();
  private final List<String> introduction;
  private volatile ChildProcess child;
  private volatile boolean closed;

  private ModelProcess(InferenceSettings settings, Launch launch)
      throws InferenceException.StartFailed {
    this.settings = settings;
    this.launch = launch;
    this.child = ChildProcess.start(launch, clock);
    this.introduction = child.introduction();
  }

  /** Starts a child and waits until it is ready. */
  static ModelProcess start(InferenceSettings settings, Launch launch)
      throws InferenceException.StartFailed {
    return new ModelProcess(settings, launch);
  }

  /** What the first child said of itself. */
  List<String> introduction() {
    return introduction;
  }

  long processId() {
    return child.processId();
  }

  /** Writes a request, after its code and the model. */
  @FunctionalInterface
  interface Asking {
    void write(Wire wire) throws IOException;
  }

  /** Reads what follows {@link Reply#DONE}. */
  @FunctionalInterface
  interface Answering<T> {
    T read(Wire wire) throws IOException;
  }

  /**
   * Asks the child, a new one if the last is gone.
   *
   * @throws InferenceException if there is no answer
   */
  <T> T converse(Request request, Path model, Asking asking, Answering<T> answering)
      throws InferenceException {
    turn.lock();
    try {
      ChildProcess partner = living(model);
      Deadline deadline = Deadline.set(clock, settings.timeLimit(), partner::kill);
      try {
        return exchange(partner.wire(), request, model, asking, answering);
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

  private <T> T exchange(
      Wire wire, Request request, Path model, Asking asking, Answering<T> answering)
      throws IOException, InferenceException {
    wire.writeInt(request.code());
    wire.writeText(model.toAbsolutePath().toString());
    asking.write(wire);
    wire.flush();
    return switch (wire.readInt()) {
      case Reply.DONE -> answering.read(wire);
      case Reply.FAILED -> throw Failure.read(wire).toException(model, settings.memoryLimit());
      default -> throw new IOException("the inference process does not speak the protocol");
    };
  }

  private ChildProcess living(Path model) throws InferenceException {
    if (!child.isUsable() && !closed) {
      child.close();
      child = ChildProcess.start(launch, clock);
    }
    if (closed) {
      child.close();
      throw new InferenceException.Cancelled(model);
    }
    return child;
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

  /** Ends the child. A conversation in progress fails with {@link InferenceException.Cancelled}. */
  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
    child.close();
  }
}
