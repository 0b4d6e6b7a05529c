package ai.opengradient.canon.engine;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operands chosen so that a bound can't decide: every way that is then left is taken, in every
 * algorithm, and gives the core's bits.
 */
class FallbacksTest {
  /** Wider than the widest vectors, so that what lies so far apart is summed up in order. */
  private static final int LANES = 8;

  /** A sum on the border of two float32, which only the errors of the additions show. */
  private static final float[] TIE = {1, 0x1p-24f};

  /** The same, and a little more that is lost in the errors of the errors. */
  private static final float[] TIE_AND_CRUMB = {1, 0x1p-24f, 0x1p-75f, 0x1p-149f, -0x1p-75f};

  /** A sum far below its terms. */
  private static final float[] CANCELLATION = {0x1p100f, 0x1.8p-30f, -0x1p100f};

  private static final float[] SUBNORMAL = {0x1p-149f, 0x1p-140f, -0x1p-141f, 0x1p-149f};

  private static final float[] OVERFLOW = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE};

  /** The least number that rounds to infinity, and the greatest that doesn't. */
  private static final float[] BORDER_OF_INFINITY = {Float.MAX_VALUE, 0x1p103f};

  private static final float[] BELOW_INFINITY = {Float.MAX_VALUE, 0x1p103f, -0x1p-149f};

  private static final float[] INFINITIES = {Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY};

  private static final float[] INFINITY = {Float.NEGATIVE_INFINITY, 3};

  private static final float[] NAN = {1, Float.NaN, Float.POSITIVE_INFINITY};

  private static final List<float[]> SUMS =
      List.of(
          TIE,
          TIE_AND_CRUMB,
          CANCELLATION,
          SUBNORMAL,
          OVERFLOW,
          BORDER_OF_INFINITY,
          BELOW_INFINITY,
          INFINITIES,
          INFINITY,
          NAN);

  private static final int TERMS = 5 * LANES;

  @Test
  void areTakenByProductsOfMatrices() throws InterruptedException {
    Node dot =
        dot(
            Space.of(SUMS.size(), 4),
            View.of(View.Axis.along(SUMS.size(), 0), View.Axis.along(TERMS, 2)),
            View.of(View.Axis.along(4, 1), View.Axis.along(TERMS, 2)));
    requireEveryTier(Algorithm.MATRIX, dot, terms(1), ones(4 * TERMS));
  }

  @Test
  void areTakenByRows() throws InterruptedException {
    Node dot =
        dot(
            Space.of(SUMS.size()),
            View.of(View.Axis.along(SUMS.size(), 0), View.Axis.along(TERMS, 1)),
            View.of(View.Axis.along(TERMS, 1)));
    requireEveryTier(Algorithm.ROWS, dot, terms(1), ones(TERMS));
  }

  @Test
  void areTakenTermByTerm() throws InterruptedException {
    int channels = SUMS.size();
    View.Axis channel = View.Axis.affine(channels, 0, new View.Term(0, 1), new View.Term(2, 1));
    Node dot =
        new Node.Fold(
            FLOAT32,
            Reduction.DOT,
            Space.of(channels),
            Space.of(TERMS, 1),
            List.of(
                new Operand(0, FLOAT32, View.of(View.Axis.along(TERMS, 1), channel)),
                new Operand(1, FLOAT32, View.of(View.Axis.along(TERMS, 1), channel))),
            Optional.empty());
    float[] transposed = new float[channels * TERMS];
    float[] rows = terms(1);
    for (int at = 0; at < rows.length; at++) {
      transposed[at % TERMS * channels + at / TERMS] = rows[at];
    }
    requireEveryTier(Algorithm.TAPS, dot, transposed, ones(channels * TERMS));
  }

  /** Products below the least float32, and their exact sums. */
  @Test
  void areTakenByProductsFarBelowAnyFloat() throws InterruptedException {
    Node dot =
        dot(
            Space.of(SUMS.size()),
            View.of(View.Axis.along(SUMS.size(), 0), View.Axis.along(TERMS, 1)),
            View.of(View.Axis.along(TERMS, 1)));
    float[] tiny = new float[TERMS];
    Arrays.fill(tiny, 0x1p-149f);
    compare(dot, terms(1), tiny);
    compare(dot, terms(0x1p-100f), tiny);
    compare(dot, terms(0x1p20f), ones(TERMS));
  }

  private static void requireEveryTier(Algorithm algorithm, Node dot, float[] a, float[] b)
      throws InterruptedException {
    Comparison comparison = compare(dot, a, b);
    assertThat(comparison.nodes(algorithm)).isEqualTo(1);
    for (Tier tier : Tier.values()) {
      assertThat(comparison.count(algorithm, tier)).as("%s", tier).isPositive();
    }
  }

  private static Comparison compare(Node dot, float[] a, float[] b) throws InterruptedException {
    try (Engine engine = Engine.withThreads(2)) {
      Comparison comparison = new Comparison(engine);
      comparison.compare(
          "sums",
          program(dot, a, b),
          new GivenTensors(List.of(tensor(a), tensor(b)), Map.of(), List.of()));
      return comparison;
    }
  }

  private static Program program(Node dot, float[] a, float[] b) {
    return new Program(
        List.of(new Node.Input(FLOAT32, a.length, 0), new Node.Input(FLOAT32, b.length, 1), dot),
        List.of(2));
  }

  /** Many sums of which no bound decides any. */
  @Test
  void endSoonWhereNothingIsDecided() throws InterruptedException {
    int rows = 256;
    int columns = 256;
    int terms = 64;
    Node dot =
        dot(
            Space.of(rows, columns),
            Space.of(terms),
            View.of(View.Axis.along(rows, 0), View.Axis.along(terms, 2)),
            View.of(View.Axis.along(columns, 1), View.Axis.along(terms, 2)));
    float[] a = new float[rows * terms];
    float[] b = new float[columns * terms];
    Arrays.fill(a, Float.NaN);
    Arrays.fill(b, Float.MIN_VALUE);
    try (Engine engine = Engine.withThreads(2)) {
      PreparedProgram prepared = engine.prepare(program(dot, a, b), Map.of());
      long[] exact = new long[1];
      WholeTensor output =
          prepared
              .run(
                  JobTensors.of(List.of(tensor(a), tensor(b))),
                  (node, algorithm, tally) -> exact[0] += tally.count(Tier.EXACT))
              .getFirst();
      assertThat(exact[0]).isEqualTo((long) rows * columns);
      for (int element = 0; element < output.count(); element++) {
        assertThat(output.element(element)).isEqualTo(0x7fc00000L);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void areTakenByFunctions(UnaryFunction function) throws InterruptedException {
    float[] arguments = new float[100];
    for (int at = 0; at < arguments.length; at++) {
      arguments[at] = at % 3 == 0 ? Float.intBitsToFloat(0xffc00000 + at) : 0.37f * (at - 50);
    }
    Node map =
        new Node.Map(
            FLOAT32,
            Space.of(arguments.length),
            List.of(
                Slot.of(new Operand(0, FLOAT32, View.of(View.Axis.along(arguments.length, 0))))),
            Expression.of(new Primitive.Function(function, 0)));
    Program program =
        new Program(List.of(new Node.Input(FLOAT32, arguments.length, 0), map), List.of(1));
    try (Engine engine = Engine.withThreads(2)) {
      Comparison comparison = new Comparison(engine);
      comparison.compare(
          function.label(),
          program,
          new GivenTensors(List.of(tensor(arguments)), Map.of(), List.of()));
      assertThat(comparison.count(Algorithm.BLOCKS, Tier.BOUND)).isPositive();
      assertThat(comparison.count(Algorithm.BLOCKS, Tier.EXACT)).isPositive();
    }
  }

  /** The terms of all sums, each of which is a row of a matrix. */
  private static float[] terms(float factor) {
    float[] terms = new float[SUMS.size() * TERMS];
    for (int sum = 0; sum < SUMS.size(); sum++) {
      float[] parts = SUMS.get(sum);
      for (int part = 0; part < parts.length; part++) {
        terms[sum * TERMS + part * LANES] = parts[part] * factor;
      }
    }
    return terms;
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Node dot(Space space, View a, View b) {
    return dot(space, Space.of(TERMS), a, b);
  }

  private static Node dot(Space space, Space terms, View a, View b) {
    return new Node.Fold(
        FLOAT32,
        Reduction.DOT,
        space,
        terms,
        List.of(new Operand(0, FLOAT32, a), new Operand(1, FLOAT32, b)),
        Optional.empty());
  }

  private static WholeTensor tensor(float[] values) {
    ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES);
    data.asFloatBuffer().put(values);
    return new WholeTensor(FLOAT32, values.length, data);
  }
}
