package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.access.Walk;
import ai.opengradient.canon.engine.elements.Elements;
import java.util.List;

/** Reads the values of a slot at elements in order. For one thread. */
final class SlotReader {
  private final Nest nest;
  private final List<Walk> walks;
  private final List<Elements> sources;
  private final long pad;

  /** The next element's position in its run. */
  private int next;

  /**
   * Of a slot.
   *
   * @param maps of the alternatives, with the nest's axes
   * @param sources the alternatives' tensors
   */
  SlotReader(Nest nest, List<IndexMap> maps, List<Elements> sources, long pad) {
    this.nest = nest;
    walks = maps.stream().map(map -> new Walk(nest, map)).toList();
    this.sources = sources;
    this.pad = pad;
  }

  /** Goes to an element. */
  void seek(int element) {
    next = element % nest.length();
    for (Walk walk : walks) {
      walk.seek(element / nest.length());
    }
  }

  /** Reads the values at the next elements. */
  void read(int length, SlotTarget target, int at) {
    for (int read = 0; read < length; ) {
      int count = Math.min(nest.length() - next, length - read);
      readRun(next, next + count, target, at + read - next);
      read += count;
      next += count;
      if (next == nest.length()) {
        next = 0;
        walks.forEach(Walk::advance);
      }
    }
  }

  /**
   * Reads the values at points of the present run.
   *
   * @param at where the run's first point would go
   */
  private void readRun(int from, int to, SlotTarget target, int at) {
    // The first alternative within bounds counts: so it is the last to be written.
    boolean isCovered = walks.size() == 1 && covers(walks.getFirst(), from, to);
    if (!isCovered) {
      target.fill(at + from, to - from, pad);
    }
    for (int alternative = walks.size() - 1; alternative >= 0; alternative--) {
      Walk walk = walks.get(alternative);
      Elements source = sources.get(alternative);
      if (walk.isStrided()) {
        Run run = walk.run();
        int first = Math.max(from, run.from());
        int length = Math.min(to, run.to()) - first;
        if (length > 0) {
          target.copy(source, run.place(first), run.stride(), length, at + first);
        }
      } else {
        readPoints(walk, source, from, to, target, at);
      }
    }
  }

  private static boolean covers(Walk walk, int from, int to) {
    if (!walk.isStrided()) {
      return false;
    }
    Run run = walk.run();
    return run.from() <= from && run.to() >= to;
  }

  private static void readPoints(
      Walk walk, Elements source, int from, int to, SlotTarget target, int at) {
    for (int point = from; point < to; point++) {
      int index = walk.index(point);
      if (index != IndexMap.OUT_OF_BOUNDS) {
        target.copy(source, index, 1, 1, at + point);
      }
    }
  }
}
