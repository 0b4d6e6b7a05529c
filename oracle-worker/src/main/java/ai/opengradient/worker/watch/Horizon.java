package ai.opengradient.worker.watch;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.BlockSearch;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtParameters;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.MarketParameters;
import ai.opengradient.worker.chain.MarketReader;

/** How far back a watcher without memory has to read. */
final class Horizon {
  /** No dispute has more alternations than levels in both trees. */
  private static final long MOVES = 32;

  private Horizon() {}

  /** The block since which all claims are that may still be in dispute. */
  static long of(ChainClient node, Deployment deployment, MarketReader market, CourtReader court) {
    BlockReference newest = node.newestBlock();
    long longest = 0;
    for (int set = 1; set <= market.currentParameters(); set++) {
      longest = Math.max(longest, longest(market.parameters(set), court.parameters(set)));
    }
    return BlockSearch.firstSince(node, newest.timestamp() - longest, deployment.blockNumber());
  }

  private static long longest(MarketParameters market, CourtParameters court) {
    return 2 * market.challengeWindow()
        + court.openPeriod()
        + court.assertPeriod()
        + 2 * court.workerClock()
        + court.challengerClock()
        + MOVES * court.extension();
  }
}
