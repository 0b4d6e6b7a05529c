package ai.opengradient.canon.engine;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.program.Program;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs programs on the processor's cores. Whatever the number of threads, and on every machine,
 * each element of each node has the bits that {@code docs/canon.md} says.
 *
 * <pre>{@code
 * try (Engine engine = Engine.withThreads(8)) {
 *   PreparedProgram prepared = engine.prepare(program, weights);
 *   List<WholeTensor> outputs = prepared.run(JobTensors.of(inputs), RunListener.NONE);
 * }
 * }</pre>
 *
 * <p>May be used by several threads: their runs take turns.
 */
public final class Engine implements AutoCloseable {
  private final Crew crew;
  private final ReentrantLock turn = new ReentrantLock(true);

  private Engine(int threads) {
    crew = new Crew(threads);
  }

  /**
   * An engine that computes with so many threads, the caller's among them.
   *
   * @param threads at least 1, best the number of cores
   */
  public static Engine withThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("an engine has at least one thread, not " + threads);
    }
    return new Engine(threads);
  }

  /**
   * Makes a program ready to be run any number of times. Takes the time to read the weights.
   *
   * @param weights data of the model by their tree root, which is not checked here; not read any
   *     more when this returns
   * @throws EngineException if a weight is missing or the memory doesn't suffice
   * @throws InterruptedException if the thread was interrupted
   */
  public PreparedProgram prepare(Program program, Map<Hash, ByteBuffer> weights)
      throws InterruptedException {
    return inTurn(crewInTurn -> PreparedProgram.of(program, weights, this, crewInTurn));
  }

  /** What one thread at a time does with the crew. */
  @FunctionalInterface
  interface Work<T> {
    T with(Crew crew) throws InterruptedException;
  }

  <T> T inTurn(Work<T> work) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      return work.with(crew);
    } finally {
      turn.unlock();
    }
  }

  /** Ends the threads; no run may be going on. */
  @Override
  public void close() {
    crew.close();
  }
}
