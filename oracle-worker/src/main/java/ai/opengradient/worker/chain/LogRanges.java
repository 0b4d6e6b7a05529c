package ai.opengradient.worker.chain;

import java.util.ArrayList;
import java.util.List;

/** Reads one contract's logs over many blocks, in ranges that nodes put up with. */
record LogRanges(ChainClient node, Address contract) {

  /** Blocks in one question. */
  private static final long RANGE = 1_000;

  /** The logs from one block to another, both included, in the chain's order. */
  List<ChainClient.Log> read(long from, long to, List<List<String>> topics) {
    List<ChainClient.Log> logs = new ArrayList<>();
    for (long first = Math.max(0, from); first <= to; first += RANGE) {
      logs.addAll(node.logs(first, Math.min(to, first + RANGE - 1), contract, topics));
    }
    return logs;
  }
}
