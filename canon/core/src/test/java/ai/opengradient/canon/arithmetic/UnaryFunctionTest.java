package ai.opengradient.canon.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.plain.PlainHand;
import ai.opengradient.canon.tensor.Float32;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions against the plain hand; the slices of all arguments are checked elsewhere. */
class UnaryFunctionTest {
  private static final int RANDOM_CASES = 5_000;

  @ParameterizedTest
  @EnumSource
  void agreesWithThePlainHand(UnaryFunction function) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int draw = 0; draw < RANDOM_CASES; draw++) {
      int x = Float32.canonical(argument(random));
      assertThat(function.apply(x))
          .as("%s(%08x), seed %d", function, x, seed)
          .isEqualTo(PlainHand.function(function, x));
    }
  }

  /** Any bits, or a number of a size that models have. */
  private static int argument(Random random) {
    if (random.nextBoolean()) {
      return random.nextInt();
    }
    int exponent = 127 - 26 + random.nextInt(34);
    return (random.nextInt() & 0x807fffff) | (exponent << 23);
  }
}
