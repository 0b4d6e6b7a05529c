package ai.opengradient.worker.inference;

import ai.opengradient.canon.tensor.TensorException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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
  private volatile @Nullable ChildProcess child;
  private volatile boolean closed;

  /** Nothing is started before it is needed. */
  ModelProcess(InferenceSettings settings, Launch launch) {
    this.settings = settings;
    this.launch = launch;
  }

  /**
   * Starts a child if there is none, and waits until it is ready.
   *
   * @return what it says of itself
   */
  List<String> start() throws InferenceException.StartFailed {
    turn.lock();
    try {
      return usable().introduction();
    } finally {
      turn.unlock();
    }
  }

  /** Of the child at this moment; 0 if there has been none. */
  long processId() {
    ChildProcess last = child;
    return last == null ? 0 : last.processId();
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
    if (closed) {
      throw new InferenceException.Cancelled(model);
    }
    ChildProcess partner = usable();
    if (closed) {
      partner.close();
      throw new InferenceException.Cancelled(model);
    }
    return partner;
  }

  private ChildProcess usable() throws InferenceException.StartFailed {
    ChildProcess last = child;
    if (last != null && last.isUsable()) {
      return last;
    }
    if (last != null) {
      last.close();
    }
    ChildProcess next = ChildProcess.start(launch, clock);
    child = next;
    return next;
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
    ChildProcess last = child;
    if (last != null) {
      last.close();
    }
  }
}
