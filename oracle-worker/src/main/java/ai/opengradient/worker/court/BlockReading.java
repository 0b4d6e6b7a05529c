package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.MarketReader;

/**
 * Which blocks somebody without memory reads for disputes of its own. The first look reads all
 * blocks in whose disputes a deadline may still run, each later one what is new. Older blocks hold
 * what nobody has ended, and nobody is late for: they are read piece by piece, newest first, so
 * that a long chain delays no move.
 */
public final class BlockReading {
  /** Blocks that are read again at each look, since a reorganisation may have changed them. */
  public static final long UNSETTLED = 64;

  /** Blocks of one piece. */
  private static final long PIECE = 10_000;

  private final ChainClient node;
  private final Deployment deployment;
  private final MarketReader market;
  private final CourtReader court;

  /** The first block that is read at the next look; none before the first. */
  private long next = -1;

  /** The first block that was read. */
  private long oldest;

  public BlockReading(ChainClient node, Deployment deployment) {
    this.node = node;
    this.deployment = deployment;
    this.market = new MarketReader(node, deployment);
    this.court = new CourtReader(node, deployment);
  }

  /** Reads the blocks from one to another, both included. */
  @FunctionalInterface
  public interface Reader {
    void read(long from, long to);
  }

  /** Has the reader read what is new; if it throws, the next look tries again. */
  public void recent(BlockReference newest, Reader reader) {
    if (next < 0) {
      oldest = Horizon.of(node, deployment, market, court);
      next = oldest;
    }
    reader.read(next, newest.number());
    next = Math.max(next, newest.number() + 1 - UNSETTLED);
  }

  /** Has the reader read a piece of what is older, if any is left, after {@link #recent}. */
  public void older(Reader reader) {
    if (oldest > deployment.blockNumber()) {
      long from = Math.max(deployment.blockNumber(), oldest - PIECE);
      reader.read(from, oldest - 1);
      oldest = from;
    }
  }
}
