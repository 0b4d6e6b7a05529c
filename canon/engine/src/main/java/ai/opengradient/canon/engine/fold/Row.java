package ai.opengradient.canon.engine.fold;

import ai.opengradient.canon.engine.access.Run;
import ai.opengradient.canon.engine.elements.Elements;
import java.util.Arrays;

/** The terms that one element of a fold takes from an operand. For one thread. */
final class Row {
  /** Can stand for a term that is out of bounds; a NaN that no element is. */
  static final double ABSENT = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);

  private final Terms terms;

  /** The values of the map's forms at the first term. */
  private final long[] position;

  private final long[] values;
  private final Run run = new Run();

  Row(Terms terms) {
    this.terms = terms;
    position = terms.map().newValues();
    values = position.clone();
    // No row stands there.
    Arrays.fill(position, Long.MIN_VALUE);
  }

  /**
   * Goes to an element's row.
   *
   * @param x its coordinates, and zeros for the term's
   * @return whether it is another row than before
   */
  boolean locate(int[] x) {
    terms.map().evaluate(x, values);
    boolean isOther = !Arrays.equals(position, values);
    System.arraycopy(values, 0, position, 0, values.length);
    return isOther;
  }

  static boolean isAbsent(double value) {
    return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(ABSENT);
  }

  /** Whether all terms are present, at the offsets of the terms from the first one. */
  boolean isWhole() {
    return terms.isWhole(position);
  }

  /** The place of the first term of a row that is whole. */
  int firstPlace() {
    return (int) position[0];
  }

  /** Whether a run's terms from one to below another are all present. */
  boolean hasAll(int number, int from, int to) {
    terms.run(number, position, values, run);
    return run.from() <= from && run.to() >= to;
  }

  /** The place of a term of the run that {@link #hasAll} was asked about. */
  int placeInRun(int term) {
    return run.place(term);
  }

  /** How many terms are present. */
  int present() {
    int present = 0;
    for (int number = 0; number * terms.runLength() < terms.count(); number++) {
      terms.run(number, position, values, run);
      present += Math.max(0, run.to() - run.from());
    }
    return present;
  }

  /**
   * Reads terms as binary64.
   *
   * @param from the first one's number
   * @param to the number behind the last one
   * @param absent what stands for a term that is out of bounds
   * @param step from one term to the next in the target
   */
  void read(Elements source, int from, int to, double absent, double[] target, int at, int step) {
    int length = terms.runLength();
    for (int term = from; term < to; ) {
      int first = term % length;
      int limit = Math.min(length, first + to - term);
      terms.run(term / length, position, values, run);
      int begin = Math.clamp(run.from(), first, limit);
      int end = Math.clamp(run.to(), begin, limit);
      int place = at + (term - from - first) * step;
      fill(target, place, first, begin, absent, step);
      if (begin < end) {
        int targetPlace = place + begin * step;
        source.read(run.place(begin), run.stride(), end - begin, target, targetPlace, step);
      }
      fill(target, place, end, limit, absent, step);
      term += limit - first;
    }
  }

  private static void fill(double[] target, int at, int from, int to, double value, int step) {
    for (int position = from; position < to; position++) {
      target[at + position * step] = value;
    }
  }

  /** Reads all terms as the canon's longs, with one that stands for those out of bounds. */
  void read(Elements source, long absent, long[] target) {
    int length = terms.runLength();
    Arrays.fill(target, 0, terms.count(), absent);
    for (int number = 0; number * length < terms.count(); number++) {
      terms.run(number, position, values, run);
      if (!run.isEmpty()) {
        int present = run.to() - run.from();
        int place = number * length + run.from();
        source.read(run.place(run.from()), run.stride(), present, target, place);
      }
    }
  }

  /** Whether a term is within bounds. */
  boolean isPresent(int term) {
    int length = terms.runLength();
    terms.run(term / length, position, values, run);
    return term % length >= run.from() && term % length < run.to();
  }
}
