package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Space;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The terms that a fold takes from one operand: for each element of the node a {@link Row} of them,
 * in which adjacent terms make runs.
 */
final class Terms {
  private final IndexMap map;
  private final IndexMap along;
  private final Nest nest;

  /** By run, then by form of the map: what the run's first term adds to the row's first. */
  private final long[][] offsets;

  private final int axes;
  private final boolean isOneForm;
  private final long[] reach;

  private Terms(IndexMap map, IndexMap along, Nest nest, int axes) {
    this.map = map;
    this.along = along;
    this.nest = nest;
    this.axes = axes;
    isOneForm = along.isOneForm();
    reach = along.reach(nest);
    offsets = new long[nest.runs()][];
    int[] x = new int[nest.axes()];
    for (int run = 0; run < offsets.length; run++) {
      nest.locate(run, x);
      offsets[run] = along.newValues();
      along.evaluate(x, offsets[run]);
    }
  }

  /**
   * An operand's.
   *
   * @param count of the operand's tensor
   */
  static Terms of(Operand operand, int count, Space space, Space terms) {
    int[] termExtents = terms.toArray();
    int[] extents =
        IntStream.concat(Arrays.stream(space.toArray()), Arrays.stream(termExtents)).toArray();
    IndexMap map = IndexMap.of(operand.view(), count, extents);
    IndexMap part = map.part(space.rank(), extents.length);
    Nest nest = Nest.of(termExtents, part.forms());
    if (!part.over(nest).isStrided(nest.axes() - 1)) {
      // The innermost axis has one point, then; along that one every map is strided.
      nest = Nest.whole(termExtents);
    }
    return new Terms(map, part.over(nest), nest, extents.length);
  }

  /** The number of terms of a row, absent ones included. */
  int count() {
    return offsets.length * runLength();
  }

  /** The number of terms in a run, absent ones included. */
  int runLength() {
    return nest.length();
  }

  /** The map, with the axes of the space and of the terms. */
  IndexMap map() {
    return map;
  }

  /**
   * Whether all terms of the row at a position are within bounds, each as far from the first as in
   * any other such row: {@link #placeOfRun} and {@link #stride} say how far.
   */
  boolean isWhole(long[] position) {
    return isOneForm && along.staysWithin(position, reach);
  }

  /** How far the first term of a run is from the row's first. */
  int placeOfRun(int run) {
    return (int) offsets[run][0];
  }

  /** How far a term of a run is from the one before. */
  int stride() {
    return (int) along.forms().getFirst().factor(nest.axes() - 1);
  }

  /** Whether every row is one run of adjacent elements, all of them present. */
  boolean areContiguous() {
    return map.isAffine() && offsets.length == 1 && stride() == 1;
  }

  /** An array for the coordinates of an element, behind which those of its first term are zero. */
  int[] newCoordinates() {
    return new int[axes];
  }

  /** Finds the terms of a run that are present. */
  void run(int number, long[] position, long[] values, Run run) {
    long[] offset = offsets[number];
    for (int form = 0; form < values.length; form++) {
      values[form] = position[form] + offset[form];
    }
    along.run(values, nest.axes() - 1, nest.length(), run);
  }
}
