package ai.opengradient.worker.cli;

import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.worker.chain.MarketReader;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import java.util.List;

/** What the market lets a worker claim inline. */
final class OutputLimit {
  private OutputLimit() {}

  /**
   * Refuses outputs that are too large to be requested inline, with the way out.
   *
   * @throws OpgException 322
   */
  static void require(MarketReader market, long version, List<TensorType> outputs) {
    long length = outputs.stream().mapToLong(TensorType::byteLength).sum();
    long limit = market.parameters(market.currentParameters()).outputLimit();
    if (length > limit) {
      throw new OpgException(
          ErrorCode.OUTPUT_TOO_LARGE,
          "the outputs of version "
              + version
              + " have "
              + length
              + " bytes, an inline claim takes "
              + limit);
    }
  }
}
