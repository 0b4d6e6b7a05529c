package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.Block;
import ai.opengradient.store.block.BlockSource;
import ai.opengradient.store.content.ContentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks sources in their order until one gives the block. One that can't be reached is asked once
 * more, and then no more in this fetch, so that a dead server costs two waits and not two a block.
 */
public final class SourcesInTurn implements BlockSource {
  private final List<BlockSource> sources;
  private final Map<BlockSource, StoreException> lost = new HashMap<>();

  /** The sources in the order in which they are asked. */
  public SourcesInTurn(List<BlockSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public String name() {
    return "all sources";
  }

  @Override
  public Block get(ContentId id) {
    List<StoreException> failures = new ArrayList<>();
    for (BlockSource source : sources) {
      StoreException earlier = lost.get(source);
      if (earlier != null) {
        failures.add(earlier);
        continue;
      }
      try {
        return twiceIfUnavailable(source, id);
      } catch (StoreException.SourceUnavailable e) {
        lost.put(source, e);
        failures.add(e);
      } catch (StoreException e) {
        failures.add(e);
      }
    }
    StringBuilder message = new StringBuilder("no source gave block ").append(id);
    failures.forEach(failure -> message.append("; ").append(failure.getMessage()));
    if (sources.isEmpty()) {
      message.append(": none is configured; name a gateway, a Kubo or a directory");
    }
    throw new StoreException.NoSourceLeft(message.toString(), failures);
  }

  private static Block twiceIfUnavailable(BlockSource source, ContentId id) {
    try {
      return source.get(id);
    } catch (StoreException.SourceUnavailable e) {
      return source.get(id);
    }
  }
}
