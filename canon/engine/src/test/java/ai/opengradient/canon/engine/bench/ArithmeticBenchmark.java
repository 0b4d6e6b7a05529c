package ai.opengradient.canon.engine.bench;

import ai.opengradient.canon.arithmetic.ExactSum;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time that one thread takes for a term of an exact DOT and for a value of each function, with
 * normally distributed operands as models have them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ArithmeticBenchmark {
  private static final int OPERANDS = 4_096;

  /** What is drawn once. */
  @State(Scope.Thread)
  public static class Operands {
    final int[] a = new int[OPERANDS];
    final int[] b = new int[OPERANDS];

    public Operands() {
      Random random = new Random(1);
      for (int at = 0; at < OPERANDS; at++) {
        a[at] = Float.floatToIntBits((float) random.nextGaussian());
        b[at] = Float.floatToIntBits((float) random.nextGaussian());
      }
    }
  }

  /** Which function. */
  @State(Scope.Thread)
  public static class Chosen {
    @Param UnaryFunction function = UnaryFunction.EXP;
  }

  @Benchmark
  @OperationsPerInvocation(OPERANDS)
  public int dot(Operands operands) {
    ExactSum sum = new ExactSum();
    for (int at = 0; at < OPERANDS; at++) {
      sum.addProduct(operands.a[at], operands.b[at]);
    }
    return sum.rounded();
  }

  @Benchmark
  @OperationsPerInvocation(OPERANDS)
  public int function(Operands operands, Chosen chosen) {
    // Of a negative number there is no logarithm to compute.
    int mask = chosen.function == UnaryFunction.LOG ? Integer.MAX_VALUE : -1;
    int results = 0;
    for (int at = 0; at < OPERANDS; at++) {
      results ^= chosen.function.apply(operands.a[at] & mask);
    }
    return results;
  }
}
