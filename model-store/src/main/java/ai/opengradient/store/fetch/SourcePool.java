package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several sources that nobody trusts as one, for one fetch. Any number of threads may ask; each
 * block comes from the source that has done best so far and has a place free. Who fails or lies is
 * left alone for a while, then asked less, at last no more; what one did not give another is asked
 * for. Sources on this machine come first, in their order.
 */
public final class SourcePool implements BlockSource {
  private static final long LONGEST_WAIT_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

  private final List<BlockSource> local;
  private final List<BlockSource> remote;
  private final FetchSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<SourceTally> localTallies;
  private final List<SourceTally> remoteTallies;
  private final List<Standing> standings = new ArrayList<>();

  /**
   * @param sources where nothing else decides, the earlier one is asked
   */
  public SourcePool(List<BlockSource> sources, FetchSettings settings) {
    local = sources.stream().filter(BlockSource::isLocal).toList();
    remote = sources.stream().filter(source -> !source.isLocal()).toList();
    this.settings = settings;
    localTallies = local.stream().map(SourceTally::new).toList();
    remoteTallies = remote.stream().map(SourceTally::new).toList();
    remote.forEach(source -> standings.add(Standing.unknown(settings.perSource())));
  }

  @Override
  public String name() {
    return "all sources";
  }

  /**
   * The block from whoever gives it.
   *
   * @throws StoreException.NoSourceLeft if nobody does, with the reason of each
   */
  @Override
  public Block get(ContentId id) {
    List<StoreException> failures = new ArrayList<>();
    for (int source = 0; source < local.size(); source++) {
      int index = source;
      try {
        Block block = local.get(index).get(id);
        countLocal(index, tally -> tally.gave(block.length()));
        return block;
      } catch (StoreException e) {
        countLocal(index, tally -> tally.failed(e));
        failures.add(e);
      }
    }
    Attempts attempts = new Attempts(remote.size());
    while (true) {
      int source = take(id, attempts, failures);
      Instant askedAt = settings.clock().instant();
      try {
        Block block = remote.get(source).get(id);
        gave(source, block);
        return block;
      } catch (StoreException e) {
        attempts.failed(source, e);
        failed(source, e, askedAt);
      } catch (RuntimeException defect) {
        abandoned(source);
        throw defect;
      }
    }
  }

  /** What each source did, in the order in which they were given: those on this machine first. */
  public List<SourceShare> shares() {
    lock.lock();
    try {
      return Stream.concat(
              localTallies.stream().map(tally -> tally.share(false)),
              IntStream.range(0, remote.size())
                  .mapToObj(
                      source -> remoteTallies.get(source).share(standings.get(source).isDropped())))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a source that may be asked for the block, and takes one of its places. */
  private int take(ContentId id, Attempts attempts, List<StoreException> localFailures) {
    lock.lock();
    try {
      while (true) {
        List<Integer> willing =
            IntStream.range(0, remote.size())
                .filter(source -> !attempts.isSpent(source) && !standings.get(source).isDropped())
                .boxed()
                .toList();
        if (willing.isEmpty()) {
          throw nobodyLeft(id, attempts, localFailures);
        }
        Instant now = settings.clock().instant();
        Optional<Integer> best =
            inFlight() < settings.inAll()
                ? willing.stream()
                    .filter(source -> standings.get(source).isReady(now))
                    .min(bestFirst())
                : Optional.empty();
        if (best.isPresent()) {
          standings.set(best.get(), standings.get(best.get()).asked());
          return best.get();
        }
        var _ = changed.await(longestWait(willing, now), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.SourceUnavailable("the fetch was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** Who did not fail, has what it is asked for, and has the least to do. */
  private Comparator<Integer> bestFirst() {
    return Comparator.<Integer>comparingInt(source -> standings.get(source).setbacks())
        .thenComparingInt(source -> standings.get(source).lacks())
        .thenComparingInt(source -> standings.get(source).inFlight())
        .thenComparingInt(source -> source);
  }

  private int inFlight() {
    return standings.stream().mapToInt(Standing::inFlight).sum();
  }

  /** Nanoseconds until the first pause is over; whoever answers before says so. */
  private long longestWait(List<Integer> willing, Instant now) {
    long wait = LONGEST_WAIT_NANOSECONDS;
    for (int source : willing) {
      Instant end = standings.get(source).notBefore();
      if (end.isAfter(now)) {
        wait = Math.min(wait, Duration.between(now, end).toNanos());
      }
    }
    return wait;
  }

  private void gave(int source, Block block) {
    lock.lock();
    try {
      remoteTallies.get(source).gave(block.length());
      standings.set(source, standings.get(source).gave(settings.perSource()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(int source, StoreException failure, Instant askedAt) {
    lock.lock();
    try {
      remoteTallies.get(source).failed(failure);
      Standing standing = standings.get(source);
      standings.set(
          source,
          switch (failure) {
            case StoreException.MissingBlock _ -> standing.lacked();
            case StoreException.SourceBusy busy ->
                standing.failed(askedAt, now(), settings.firstPause(), busy.pause());
            default -> standing.failed(askedAt, now(), settings.firstPause(), Duration.ZERO);
          });
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void abandoned(int source) {
    lock.lock();
    try {
      standings.set(source, standings.get(source).lacked());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    return settings.clock().instant();
  }

  private void countLocal(int source, Consumer<SourceTally> event) {
    lock.lock();
    try {
      event.accept(localTallies.get(source));
    } finally {
      lock.unlock();
    }
  }

  private StoreException.NoSourceLeft nobodyLeft(
      ContentId id, Attempts attempts, List<StoreException> localFailures) {
    List<StoreException> failures = new ArrayList<>(localFailures);
    for (int source = 0; source < remote.size(); source++) {
      attempts.last(source).or(remoteTallies.get(source)::lastFailure).ifPresent(failures::add);
    }
    StringBuilder message = new StringBuilder("no source gave block ").append(id);
    failures.forEach(failure -> message.append("; ").append(failure.getMessage()));
    if (local.isEmpty() && remote.isEmpty()) {
      message.append(": none is configured; name a gateway, a Kubo or a directory");
    }
    return new StoreException.NoSourceLeft(message.toString(), failures);
  }
}
