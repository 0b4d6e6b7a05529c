package ai.opengradient.store.fetch;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.block.BlockSource;
import java.util.Optional;

/** Counts what a source does in one fetch. Its pool guards it. */
final class SourceTally {
  private final BlockSource source;
  private long blocks;
  private long bytes;
  private long lies;
  private long outages;
  private long lacks;
  private Optional<StoreException> lastFailure = Optional.empty();

  SourceTally(BlockSource source) {
    this.source = source;
  }

  void gave(int length) {
    blocks++;
    bytes += length;
  }

  void failed(StoreException failure) {
    lastFailure = Optional.of(failure);
    switch (failure) {
      case StoreException.MissingBlock _ -> lacks++;
      case StoreException.CorruptBlock _, StoreException.OversizedBlock _ -> lies++;
      default -> outages++;
    }
  }

  /** What it last failed with. */
  Optional<StoreException> lastFailure() {
    return lastFailure;
  }

  SourceShare share(boolean dropped) {
    return new SourceShare(source.name(), blocks, bytes, lies, outages, lacks, dropped);
  }
}
