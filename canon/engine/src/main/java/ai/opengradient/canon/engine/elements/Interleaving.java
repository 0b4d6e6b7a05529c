package ai.opengradient.canon.engine.elements;

import static ai.opengradient.canon.engine.elements.Lanes.FLOATS;
import static ai.opengradient.canon.engine.elements.Lanes.widened;

import jdk.incubator.vector.FloatVector;

/** Lays four runs of float32 between each other, vector by vector. */
final class Interleaving {
  private static final int LANES = Lanes.COUNT;

  /** Of two vectors taken as one, the lanes that make the first, and the second, of both merged. */
  private static final FloatVector FIRST = merging(0);

  private static final FloatVector SECOND = merging(LANES / 2);

  private Interleaving() {}

  private static FloatVector merging(int firstLane) {
    float[] lanes = new float[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = firstLane + lane / 2 + lane % 2 * LANES;
    }
    return FloatVector.fromArray(FLOATS, lanes, 0);
  }

  /**
   * Element k of run r goes from {@code from[r] + k} to {@code at + 4k + r}.
   *
   * @return how many elements of each run are done: as many as fill vectors, or none
   */
  static int interleave(float[] source, int[] from, int length, double[] target, int at) {
    int done = 0;
    // The compiler makes no instructions of these operations on still shorter vectors.
    if (LANES < 4) {
      return done;
    }
    for (; done + LANES <= length; done += LANES) {
      FloatVector run0 = FloatVector.fromArray(FLOATS, source, from[0] + done);
      FloatVector run1 = FloatVector.fromArray(FLOATS, source, from[1] + done);
      FloatVector run2 = FloatVector.fromArray(FLOATS, source, from[2] + done);
      FloatVector run3 = FloatVector.fromArray(FLOATS, source, from[3] + done);
      FloatVector even0 = FIRST.selectFrom(run0, run2);
      FloatVector even1 = SECOND.selectFrom(run0, run2);
      FloatVector odd0 = FIRST.selectFrom(run1, run3);
      FloatVector odd1 = SECOND.selectFrom(run1, run3);
      int place = at + 4 * done;
      widened(FIRST.selectFrom(even0, odd0)).intoArray(target, place);
      widened(SECOND.selectFrom(even0, odd0)).intoArray(target, place + LANES);
      widened(FIRST.selectFrom(even1, odd1)).intoArray(target, place + 2 * LANES);
      widened(SECOND.selectFrom(even1, odd1)).intoArray(target, place + 3 * LANES);
    }
    return done;
  }
}
