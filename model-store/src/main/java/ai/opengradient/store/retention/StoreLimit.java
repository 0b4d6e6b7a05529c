package ai.opengradient.store.retention;

import ai.opengradient.store.StorageTrouble;
import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.block.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Lets a store take so many bytes and no more: what nothing pinned or held needs gives way, the
 * least lately used first. Other processes that write to the same store are noticed when it seems
 * full, and when this process starts.
 */
public final class StoreLimit implements Retention {
  /** A file that is being added is pinned after its last block. */
  public static final Duration SPARED = Duration.ofHours(1);

  /** To collect for each block anew would read all pinned nodes each time. */
  private static final int SHARE_TO_FREE = 20;

  private static final long UNKNOWN = -1;

  private final long limit;
  private final InstantSource clock;
  private long taken = UNKNOWN;

  /**
   * @param limit bytes
   * @param clock tells what was used last
   */
  public StoreLimit(long limit, InstantSource clock) {
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public synchronized void makeRoom(BlockStore store, int length) {
    if (taken == UNKNOWN || length > limit - taken) {
      taken = store.size();
    }
    if (length > limit - taken) {
      long excess = taken + length - limit;
      GarbageCollection.collect(
          store, clock.instant().minus(SPARED), Math.max(excess, limit / SHARE_TO_FREE));
      taken = store.size();
    }
    if (length > limit - taken) {
      throw new StoreException.StorageFull(
          store.name()
              + " has "
              + taken
              + " of the "
              + limit
              + " bytes that it may take, pinned, held or used within the last hour; raise"
              + " store.cache, or take pins away");
    }
    taken += length;
  }

  @Override
  public void used(Path block) {
    try {
      Files.setLastModifiedTime(block, FileTime.from(clock.instant()));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw StorageTrouble.of(block, "can't note that " + block + " was used", e);
    }
  }
}
