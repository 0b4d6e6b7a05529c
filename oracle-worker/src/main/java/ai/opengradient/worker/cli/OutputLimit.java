package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.List;

/**
 * What the market lets a worker claim. It takes a request without asking, so the command line asks
 * before money is locked.
 */
final class OutputLimit {
  private OutputLimit() {}

  /**
   * Refuses outputs that nobody could claim.
   *
   * @param subject whose outputs they are, for people
   * @throws OpgException 322
   */
  static void require(MarketReader market, String subject, List<TensorType> outputs) {
    long length = outputs.stream().mapToLong(TensorType::byteLength).sum();
    long limit = market.parameters(market.currentParameters()).outputLimit();
    if (length > limit) {
      throw new OpgException(
          ErrorCode.OUTPUT_TOO_LARGE,
          "the outputs of " + subject + " have " + length + " bytes, a claim takes " + limit);
    }
  }
}
