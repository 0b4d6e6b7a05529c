package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.arithmetic.FloatOperations;
import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.arithmetic.IntegerTotal;
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

  /**
   * Adds a run of present terms. Each kind has a loop of its own, so that no call in it has several
   * targets.
   *
   * @param position of the first one in the fold space
   * @param typeB of b's elements; for any fold but DOT, b is a
   */
  abstract void addRun(
      int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length);

  /** Adds DOT's c. */
  void addAddend(long c) {
    throw new IllegalStateException("only DOT has an addend");
  }

  /**
   * The result.
   *
   * @param terms how many were added, but for c
   */
  abstract long result(int terms);

  /** A sum in bytes, as {@code contracts/canon/steps/Fold.sol} writes it down. */
  byte[] encoded() {
    throw new IllegalStateException("only sums are written down");
  }

  static Accumulator of(Reduction reduction, DataType terms, DataType result) {
    return switch (reduction) {
      case DOT, SUM, MEAN, MEANSQ ->
          result == FLOAT32
              ? new FloatSum(reduction, new ExactSum())
              : new IntegerSum(reduction, result, new IntegerTotal());
      case MAX, MIN -> new Extreme(reduction == Reduction.MAX, result);
      case ARGMAX, ARGMIN -> new Position(reduction == Reduction.ARGMAX, terms);
      case AND -> new All();
    };
  }

  /**
   * The sum that was written so.
   *
   * @throws EvaluationException.MalformedAccumulator if none was
   */
  static Accumulator decoded(Reduction reduction, DataType result, byte[] encoded) {
    boolean isFloat = result == FLOAT32;
    int length = isFloat ? ExactSum.ENCODED_LENGTH : IntegerTotal.ENCODED_LENGTH;
    if (encoded.length != length) {
      throw new EvaluationException.MalformedAccumulator(encoded.length + " bytes for its sum");
    }
    return isFloat
        ? new FloatSum(
            reduction,
            ExactSum.decoded(encoded)
                .orElseThrow(() -> new EvaluationException.MalformedSum(encoded)))
        : new IntegerSum(reduction, result, IntegerTotal.decoded(encoded));
  }

  private static final class FloatSum extends Accumulator {
    private final Reduction reduction;
    private final ExactSum sum;

    FloatSum(Reduction reduction, ExactSum sum) {
      this.reduction = reduction;
      this.sum = sum;
    }

    @Override
    void add(int position, long a, long b) {
      switch (reduction) {
        case DOT, MEANSQ -> sum.addProduct((int) a, (int) b);
        default -> sum.add((int) a);
      }
    }

    @Override
    void addRun(
        int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length) {
      switch (reduction) {
        case DOT, MEANSQ -> sum.addProducts(a.bytes(), a.offset(), b.bytes(), b.offset(), length);
        default -> sum.addAll(a.bytes(), a.offset(), length);
      }
    }

    @Override
    byte[] encoded() {
      return sum.encoded();
    }

    @Override
    void addAddend(long c) {
      sum.add((int) c);
    }

    @Override
    long result(int terms) {
      return switch (reduction) {
        case MEAN, MEANSQ -> sum.roundedQuotient(terms);
        default -> sum.rounded();
      };
    }
  }

  private static final class IntegerSum extends Accumulator {
    private final Reduction reduction;
    private final DataType type;
    private final IntegerTotal sum;

    IntegerSum(Reduction reduction, DataType type, IntegerTotal sum) {
      this.reduction = reduction;
      this.type = type;
      this.sum = sum;
    }

    @Override
    byte[] encoded() {
      return sum.encoded();
    }

    @Override
    void add(int position, long a, long b) {
      sum.addProduct(a, reduction == Reduction.DOT ? b : 1);
    }

    @Override
    void addRun(
        int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length) {
      for (int at = 0; at < length; at++) {
        add(position + at, a.element(typeA, at), b.element(typeB, at));
      }
    }

    @Override
    void addAddend(long c) {
      sum.add(c);
    }

    @Override
    long result(int terms) {
      return IntegerOperations.wrap(type, sum.low());
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
    void addRun(
        int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length) {
      for (int at = 0; at < length; at++) {
        add(position + at, a.element(typeA, at), 0);
      }
    }

    @Override
    long result(int terms) {
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
    void addRun(
        int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length) {
      for (int at = 0; at < length; at++) {
        add(position + at, a.element(typeA, at), 0);
      }
    }

    @Override
    long result(int terms) {
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
    void addRun(
        int position, DataType typeA, ElementRun a, DataType typeB, ElementRun b, int length) {
      for (int at = 0; at < length; at++) {
        add(position + at, a.element(typeA, at), 0);
      }
    }

    @Override
    long result(int terms) {
      return all ? 1 : 0;
    }
  }
}
