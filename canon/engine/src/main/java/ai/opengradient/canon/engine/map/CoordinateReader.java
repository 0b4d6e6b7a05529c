package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.access.Walk;

/** Gives the coordinate on an axis of elements in order. For one thread. */
final class CoordinateReader {
  private final Nest nest;
  private final Walk walk;

  /** The next element's position in its run. */
  private int next;

  /**
   * Stands at an element.
   *
   * @param coordinate gives it as a place
   */
  CoordinateReader(Nest nest, IndexMap coordinate, int element) {
    this.nest = nest;
    walk = new Walk(nest, coordinate);
    walk.seek(element / nest.length());
    next = element % nest.length();
  }

  /** Writes the coordinates of the next elements. */
  void read(int length, long[] target) {
    for (int read = 0; read < length; read++) {
      Run run = walk.run();
      target[read] = run.place(next);
      if (++next == nest.length()) {
        next = 0;
        walk.advance();
      }
    }
  }
}
