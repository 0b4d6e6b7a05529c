package ai.opengradient.worker.court;

import ai.opengradient.worker.chain.BlockReference;
import ai.opengradient.worker.chain.BlockSearch;
import ai.opengradient.worker.chain.ChainClient;
import ai.opengradient.worker.chain.CourtParameters;
import ai.opengradient.worker.chain.CourtReader;
import ai.opengradient.worker.chain.Deployment;
import ai.opengradient.worker.chain.MarketParameters;
import ai.opengradient.worker.chain.MarketReader;

/** How far back deadlines may still run. */
final class Horizon {
  /** No challenge asks more questions on its way down: four levels each, through both trees. */
  private static final long QUESTIONS = 16;

  private Horizon() {}

  /** The block since which all claims are in whose disputes somebody may still be in time. */
  static long of(ChainClient node, Deployment deployment, MarketReader market, CourtReader court) {
    BlockReference newest = node.newestBlock();
    long longest = 0;
    for (int set = 1; set <= market.currentParameters(); set++) {
      longest = Math.max(longest, longest(market.parameters(set), court.parameters(set)));
    }
    return BlockSearch.firstSince(node, newest.timestamp() - longest, deployment.blockNumber());
  }

  /** The worker's clock grows to double at most; each move has the extension on top of a clock. */
  private static long longest(MarketParameters market, CourtParameters court) {
    long moves = 2 * (QUESTIONS + court.demandLimit());
    return 2 * market.challengeWindow()
        + court.openPeriod()
        + court.assertPeriod()
        + 2 * court.workerClock()
        + court.challengerClock()
        + moves * court.extension();
  }
}
