package ai.opengradient.store.retention;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockStore;
import ai.opengradient.store.block.StoredBlock;
import ai.opengradient.store.content.Codec;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.BlockLinks;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes blocks out of a store that nothing pinned or held needs, those first that were used least
 * lately.
 *
 * <p>Who adds a file writes its blocks first and pins their root last. So blocks that were used
 * after a moment can be spared, and a file that is being added meanwhile with them.
 */
public final class GarbageCollection {
  private GarbageCollection() {}

  /**
   * What was taken out.
   *
   * @param removed the blocks, least lately used first
   * @param bytes of these
   * @param spared how many more are not needed, but were used too lately
   */
  public record Collected(List<ContentId> removed, long bytes, long spared) {
    public Collected {
      removed = List.copyOf(removed);
    }
  }

  /**
   * Collects.
   *
   * @param usedBefore blocks used later are spared
   * @param wanted bytes after which it is enough
   * @throws StoreException.MissingBlock if a node of something pinned is not there, so that nobody
   *     can say what it needs; nothing is taken out then
   */
  public static Collected collect(BlockStore store, Instant usedBefore, long wanted) {
    Set<ContentId> needed = needed(store);
    List<StoredBlock> unneeded = new ArrayList<>();
    long[] spared = new long[1];
    store.forEach(block -> {
      if (!needed.contains(block.id())) {
        if (block.lastUsed().isBefore(usedBefore)) {
          unneeded.add(block);
        } else {
          spared[0]++;
        }
      }
    });
    unneeded.sort(
        Comparator.comparing(StoredBlock::lastUsed).thenComparing(block -> block.id().toString()));
    List<ContentId> removed = new ArrayList<>();
    long bytes = 0;
    for (StoredBlock block : unneeded) {
      if (bytes >= wanted) {
        break;
      }
      if (store.remove(block.id())) {
        removed.add(block.id());
        bytes += block.length();
      }
    }
    return new Collected(removed, bytes, spared[0]);
  }

  /** All that is pinned or held, with all below it, in version 1. */
  private static Set<ContentId> needed(BlockStore store) {
    Set<ContentId> needed = new HashSet<>();
    Deque<ContentId> rest = new ArrayDeque<>(store.roots());
    while (!rest.isEmpty()) {
      ContentId id = rest.pop();
      if (needed.add(id.asVersion1()) && id.codec() == Codec.DAG_PB) {
        rest.addAll(BlockLinks.of(store.get(id)));
      }
    }
    return needed;
  }
}
