package ai.opengradient.store.fetch;

import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.concurrent.atomic.AtomicInteger;

/** A source whose answers a test writes, and which counts them. */
final class ScriptedSource implements BlockSource {
  /** What it answers. */
  @FunctionalInterface
  interface Script {
    /** The answer to the request of this number, counted from 1. */
    Block answer(int number, ContentId id);
  }

  private final String name;
  private final Script script;
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  ScriptedSource(String name, Script script) {
    this.name = name;
    this.script = script;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Block get(ContentId id) {
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
    try {
      return script.answer(asked.incrementAndGet(), id);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  int asked() {
    return asked.get();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }
}
