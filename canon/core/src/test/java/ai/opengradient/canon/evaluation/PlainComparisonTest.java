package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.INT8;
import static ai.opengradient.canon.tensor.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.Conversions;
import ai.opengradient.canon.arithmetic.IntegerOperations;
import ai.opengradient.canon.plain.PlainHand;
import ai.opengradient.canon.plain.PlainPrimitives;
import ai.opengradient.canon.program.Operation;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Float32;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The fast arithmetic against the plain one, more than 10^7 cases: every operation over every class
 * of operands. The counts by class and by outcome are printed at the end.
 */
class PlainComparisonTest {
  private static final long SEED = 20261128;
  private static final int OF_FLOAT_OPERATION = 45_000;
  private static final int OF_INTEGER_OPERATION = 15_000;
  private static final int OF_CAST = 10_000;
  private static final int OF_BAND = 60_000;
  private static final int OF_SUM = 80_000;
  private static final int OF_EXTREME = 10_000;
  private static final int MOST_TERMS = 16;
  private static final int LEAST_NORMAL = 0x00800000;

  private static final List<DataType> INTEGERS = List.of(UINT8, INT8, INT32, INT64);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Counts counts = new Counts();

  @Test
  void agree() {
    for (OperandClass operands : OperandClass.values()) {
      floatOperations(operands);
      bands(operands);
      sums(operands);
      extremes(operands);
    }
    INTEGERS.forEach(this::integerOperations);
    for (DataType type : DataType.values()) {
      casts(type);
    }
    System.out.printf(
        "Fast against plain arithmetic, seed %d: %,d cases, none differ%n%s",
        SEED, counts.cases(), counts);
    assertThat(counts.cases()).isGreaterThan(10_000_000);
    for (String name : List.of("ADD", "SUB", "MUL", "DIV", "DOT", "SUM", "MEAN", "MEANSQ")) {
      assertThat(counts.outcomesOf(name))
          .as(name)
          .contains("NAN", "INFINITE", "ZERO", "SUBNORMAL", "NORMAL");
    }
    assertThat(counts.outcomesOf("WITHIN")).containsExactly("FALSE", "TRUE");
  }

  private void floatOperations(OperandClass operands) {
    for (Operation operation : Operation.values()) {
      if (isOf(operation, FLOAT32)) {
        for (int draw = 0; draw < OF_FLOAT_OPERATION; draw++) {
          int[] drawn = operands.draw(2, random);
          long element = compared(operation, FLOAT32, drawn[0], drawn[1]);
          DataType result = isComparison(operation) ? BOOL : FLOAT32;
          counts.add(operation.name(), operands.name(), outcome(result, element));
        }
      }
    }
  }

  private void integerOperations(DataType type) {
    for (Operation operation : Operation.values()) {
      if (isOf(operation, type)) {
        for (int draw = 0; draw < OF_INTEGER_OPERATION; draw++) {
          compared(operation, type, integer(type), second(operation, type));
          counts.add(operation.name(), type.name(), "ANY");
        }
      }
    }
  }

  private void casts(DataType from) {
    OperandClass[] classes = OperandClass.values();
    for (DataType to : DataType.values()) {
      for (int draw = 0; draw < OF_CAST; draw++) {
        long element =
            switch (from) {
              case FLOAT32 -> classes[draw % classes.length].draw(1, random)[0];
              case BOOL -> random.nextInt(2);
              case UINT8, INT8, INT32, INT64 -> integer(from);
            };
        requireSame(
            Conversions.cast(from, to, element),
            PlainPrimitives.cast(from, to, element),
            () -> "%s of %s %x".formatted(to, from, element));
        counts.add("CAST", from.name(), "ANY");
      }
    }
  }

  private void bands(OperandClass operands) {
    for (int draw = 0; draw < OF_BAND; draw++) {
      int[] drawn = operands.draw(2, random);
      // Half of the claims are near the exact value, and bands about as wide as they are far.
      int claim =
          random.nextBoolean() ? drawn[1] : Float32.canonical(drawn[0] + random.nextInt(-9, 10));
      int absolute = Math.abs(operands.draw(1, random)[0] % Float32.INFINITY);
      int relative = random.nextInt(4) == 0 ? 0 : random.nextInt(0x33800000, 0x3f800000);
      Band band = new Band(random.nextInt(4) == 0 ? absolute : absolute >>> 2, relative);
      boolean expected = PlainPrimitives.within(claim, drawn[0], band.absolute(), band.relative());
      assertThat(band.within(claim, drawn[0]))
          .as("%08x within %s of %08x", claim, band, drawn[0])
          .isEqualTo(expected);
      counts.add("WITHIN", operands.name(), expected ? "TRUE" : "FALSE");
    }
  }

  private void sums(OperandClass operands) {
    for (Reduction reduction :
        List.of(Reduction.DOT, Reduction.SUM, Reduction.MEAN, Reduction.MEANSQ)) {
      for (int draw = 0; draw < OF_SUM; draw++) {
        long element = compared(reduction, operands);
        counts.add(reduction.name(), operands.name(), outcome(FLOAT32, element));
      }
    }
  }

  private void extremes(OperandClass operands) {
    for (Reduction reduction :
        List.of(Reduction.MAX, Reduction.MIN, Reduction.ARGMAX, Reduction.ARGMIN)) {
      for (int draw = 0; draw < OF_EXTREME; draw++) {
        compared(reduction, operands);
        counts.add(reduction.name(), operands.name(), "ANY");
      }
    }
  }

  private static String outcome(DataType type, long element) {
    int magnitude = (int) element & Integer.MAX_VALUE;
    if (type != FLOAT32) {
      return "ANY";
    }
    if (magnitude >= Float32.INFINITY) {
      return magnitude == Float32.INFINITY ? "INFINITE" : "NAN";
    }
    return magnitude == 0 ? "ZERO" : magnitude < LEAST_NORMAL ? "SUBNORMAL" : "NORMAL";
  }

  /** Whether the operation has two operands of the type, or one. */
  private static boolean isOf(Operation operation, DataType type) {
    return switch (operation) {
      case SELECT -> false;
      case EQ, NE, LT, LE, ADD, SUB, MUL, DIV, NEG, ABS, MAX, MIN -> true;
      case MOD, AND, OR, XOR, NOT, SHL, SHR -> type != FLOAT32;
      case SQRT, FLOOR, CEIL, RINT -> type == FLOAT32;
    };
  }

  private static boolean isComparison(Operation operation) {
    return switch (operation) {
      case EQ, NE, LT, LE -> true;
      default -> false;
    };
  }

  private static long compared(Operation operation, DataType type, long a, long b) {
    long fast =
        isComparison(operation)
            ? Operations.compare(operation, type, a, b)
            : Operations.compute(operation, type, a, b);
    List<Long> operands = operation.operands() == 1 ? List.of(a) : List.of(a, b);
    Primitive primitive =
        new Primitive.Apply(operation, IntStream.range(0, operands.size()).boxed().toList());
    long plain = PlainHand.compute(primitive, List.of(type), operands);
    requireSame(fast, plain, () -> "%s %s of %x, %x".formatted(operation, type, a, b));
    return fast;
  }

  private long compared(Reduction reduction, OperandClass operands) {
    int terms = random.nextInt(MOST_TERMS + 1);
    int[] drawn = operands.draw(2 * terms + 1, random);
    long[] a = new long[terms];
    long[] b = new long[terms];
    for (int term = 0; term < terms; term++) {
      a[term] = drawn[2 * term];
      b[term] = random.nextBoolean() ? drawn[2 * term + 1] : 0x3f800000;
      if (operands == OperandClass.CANCELLATION && term % 2 == 1) {
        // The product takes away the one before, or all but its last place.
        a[term] = Float32.canonical((drawn[2 * term - 2] ^ Integer.MIN_VALUE) + random.nextInt(2));
        b[term] = b[term - 1];
      }
    }
    boolean isDot = reduction == Reduction.DOT;
    boolean hasAddend = isDot && random.nextBoolean();
    long c = drawn[2 * terms];
    DataType result =
        switch (reduction) {
          case ARGMAX, ARGMIN -> INT64;
          default -> FLOAT32;
        };
    Accumulator accumulator = Accumulator.of(reduction, FLOAT32, result);
    if (hasAddend) {
      accumulator.addAddend(c);
    }
    for (int term = 0; term < terms; term++) {
      accumulator.add(term, a[term], isDot ? b[term] : a[term]);
    }
    long plain =
        PlainHand.fold(
            reduction,
            result,
            Collections.nCopies(isDot ? 2 : 1, FLOAT32),
            isDot ? List.of(a, b) : List.of(a),
            hasAddend ? c : null);
    requireSame(
        accumulator.result(terms),
        plain,
        () ->
            "%s of %s and %s, c %s"
                .formatted(reduction, hexadecimal(a), hexadecimal(b), hasAddend ? c : "none"));
    return plain;
  }

  private static void requireSame(long fast, long plain, Supplier<String> what) {
    if (fast != plain) {
      throw new AssertionError(
          "%s: fast %x, plain %x, seed %d".formatted(what.get(), fast, plain, SEED));
    }
  }

  private static String hexadecimal(long[] elements) {
    return Arrays.stream(elements)
        .mapToObj(element -> "%08x".formatted((int) element))
        .toList()
        .toString();
  }

  /** Values of the type: any, small ones, and the ends of its range. */
  private long integer(DataType type) {
    long value =
        switch (random.nextInt(4)) {
          case 0 -> random.nextLong();
          case 1 -> random.nextInt(-3, 4);
          case 2 -> IntegerOperations.least(type) + random.nextInt(3);
          default -> random.nextLong() >> random.nextInt(Long.SIZE);
        };
    return IntegerOperations.wrap(type, value);
  }

  /** Of shifts, mostly distances that shift. */
  private long second(Operation operation, DataType type) {
    boolean isShift = operation == Operation.SHL || operation == Operation.SHR;
    return isShift && random.nextInt(4) != 0 ? random.nextInt(8 * type.width() + 1) : integer(type);
  }
}
