package ai.opengradient.worker.chain;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads one contract's logs over many blocks, in ranges that nodes put up with. */
record LogRanges(ChainClient node, Address contract) {

  /** Blocks in one question. */
  private static final long RANGE = 1_000;

  /** The logs from one block to another, both included, in the chain's order. */
  List<ChainClient.Log> read(long from, long to, List<List<String>> topics) {
    return ranges(from, to, topics).flatMap(List::stream).toList();
  }

  /** The same range by range, each of which is read when it is asked for. */
  Stream<List<ChainClient.Log>> ranges(long from, long to, List<List<String>> topics) {
    return LongStream.iterate(Math.max(0, from), first -> first <= to, first -> first + RANGE)
        .mapToObj(first -> node.logs(first, Math.min(to, first + RANGE - 1), contract, topics));
  }
}
