package ai.opengradient.store.gateway;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSink;
import ai.opengradient.store.car.CarReader;
import ai.opengradient.store.content.ContentId;
import ai.opengradient.store.unixfs.BlockLinks;
import ai.opengradient.store.unixfs.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Takes a tree out of an archive that a stranger sends: only blocks that the tree has, each after
 * one that links to it, and no more than the limits. What the archive's header says counts for
 * nothing.
 */
final class TreeDownload {
  private final BlockSink sink;
  private final Limits limits;
  private final String origin;
  private final SequencedSet<ContentId> wanted = new LinkedHashSet<>();
  private final Set<ContentId> taken = new HashSet<>();
  private long length;

  /**
   * @param limits of the bytes and the number of blocks
   * @param origin what to call the archive in messages
   */
  TreeDownload(BlockSink sink, Limits limits, String origin) {
    this.sink = sink;
    this.limits = limits;
    this.origin = origin;
  }

  /** Takes the whole tree and says how many bytes its blocks have, each counted once. */
  long take(ContentId root, InputStream archive) throws IOException {
    want(root);
    CarReader reader = CarReader.open(archive, origin);
    for (Optional<Block> next = reader.next(); next.isPresent(); next = reader.next()) {
      take(next.get());
    }
    if (!wanted.isEmpty()) {
      throw new StoreException.MissingBlock(
          origin + " left out block " + wanted.getFirst() + " and ended as if it were whole");
    }
    return length;
  }

  private void take(Block block) {
    ContentId id = block.id().asVersion1();
    if (taken.contains(id)) {
      return;
    }
    if (!wanted.remove(id)) {
      throw new StoreException.InvalidArchive(
          origin + " sent block " + id + ", which nothing before it links to");
    }
    length += block.length();
    taken.add(id);
    if (length > limits.length() || taken.size() > limits.blocks()) {
      throw new StoreException.LimitExceeded(
          origin
              + " has more than "
              + limits.length()
              + " bytes, or more than "
              + limits.blocks()
              + " blocks");
    }
    sink.put(block);
    BlockLinks.of(block).forEach(this::want);
  }

  private void want(ContentId id) {
    if (id.isIdentity()) {
      BlockLinks.of(Block.inline(id)).forEach(this::want);
    } else if (!taken.contains(id.asVersion1())) {
      wanted.add(id.asVersion1());
    }
  }
}
