package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.arithmetic.FloatOperations;
import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;

/** Takes a fold's terms one after the other. Source: section 6 of {@code docs/canon.md}. */
abstract sealed class Accumulator {
  /**
   * Adds a present term.
   *
   * @param position in the fold space
   * @param b DOT's second factor; for any other fold a again
   */
  abstract void add(int position, long a, long b);

  /** Adds DOT's c. */
  void addAddend(long c) {
    throw new IllegalStateException("only DOT has an addend");
  }

  abstract long result();

  static Accumulator of(Reduction reduction, DataType terms, DataType result) {
    return switch (reduction) {
      case DOT, SUM, MEAN, MEANSQ ->
          result == FLOAT32 ? new FloatSum(reduction) : new IntegerSum(reduction, result);
      case MAX, MIN -> new Extreme(reduction == Reduction.MAX, result);
      case ARGMAX, ARGMIN -> new Position(reduction == Reduction.ARGMAX, terms);
      case AND -> new All();
    };
  }

  private static final class FloatSum extends Accumulator {
    private final Reduction reduction;
    private final ExactSum sum = new ExactSum();
    private int terms;

    FloatSum(Reduction reduction) {
      this.reduction = reduction;
    }

    @Override
    void add(int position, long a, long b) {
      terms++;
      switch (reduction) {
        case DOT, MEANSQ -> sum.addProduct((int) a, (int) b);
        default -> sum.add((int) a);
      }
    }

    @Override
    void addAddend(long c) {
      sum.add((int) c);
    }

    @Override
    long result() {
      return switch (reduction) {
        case MEAN, MEANSQ -> sum.roundedQuotient(terms);
        default -> sum.rounded();
      };
    }
  }

  /** Modulo 2^64 all the way, which is right modulo 2^width in the end. */
  private static final class IntegerSum extends Accumulator {
    private final Reduction reduction;
    private final DataType type;
    private long sum;

    IntegerSum(Reduction reduction, DataType type) {
      this.reduction = reduction;
      this.type = type;
    }

    @Override
    void add(int position, long a, long b) {
      sum += reduction == Reduction.DOT ? a * b : a;
    }

    @Override
    void addAddend(long c) {
      sum += c;
    }

    @Override
    long result() {
      return IntegerOperations.wrap(type, sum);
    }
  }

  private static final class Extreme extends Accumulator {
    private final boolean greatest;
    private final DataType type;
    private long extreme;

    Extreme(boolean greatest, DataType type) {
      this.greatest = greatest;
      this.type = type;
      extreme = ofNothing();
    }

    private long ofNothing() {
      if (type == FLOAT32) {
        return greatest ? Float32.NEGATIVE_INFINITY : Float32.INFINITY;
      }
      return greatest ? IntegerOperations.least(type) : IntegerOperations.greatest(type);
    }

    @Override
    void add(int position, long a, long b) {
      if (type == FLOAT32) {
        extreme =
            greatest
                ? FloatOperations.maximum((int) extreme, (int) a)
                : FloatOperations.minimum((int) extreme, (int) a);
      } else {
        extreme = greatest ? Math.max(extreme, a) : Math.min(extreme, a);
      }
    }

    @Override
    long result() {
      return extreme;
    }
  }

  private static final class Position extends Accumulator {
    private final boolean greatest;
    private final DataType type;
    private boolean any;
    private long best;
    private int position;

    Position(boolean greatest, DataType type) {
      this.greatest = greatest;
      this.type = type;
    }

    @Override
    void add(int at, long a, long b) {
      if (!any || beats(a)) {
        any = true;
        best = a;
        position = at;
      }
    }

    private boolean beats(long a) {
      if (type != FLOAT32) {
        return greatest ? a > best : a < best;
      }
      if (best == Float32.NAN) {
        return false;
      }
      return a == Float32.NAN
          || (greatest
              ? FloatOperations.isLess((int) best, (int) a)
              : FloatOperations.isLess((int) a, (int) best));
    }

    @Override
    long result() {
      return position;
    }
  }

  private static final class All extends Accumulator {
    private boolean all = true;

    @Override
    void add(int position, long a, long b) {
      all &= a != 0;
    }

    @Override
    long result() {
      return all ? 1 : 0;
    }
  }
}
