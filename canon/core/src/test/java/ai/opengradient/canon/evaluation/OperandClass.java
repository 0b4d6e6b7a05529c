package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.tensor.Float32;
import java.util.random.RandomGenerator;

/** Kinds of float32 operands, of which each tries something that arithmetic gets wrong. */
enum OperandClass {
  ANY_BITS,
  /** Magnitudes near 1, as models have them. */
  EVERYDAY,
  /** The second nearly the first, or its opposite: the leading digits cancel. */
  CANCELLATION,
  /** Zero, subnormal numbers and the least normal ones. */
  SUBNORMAL,
  /** Magnitudes whose sums and products are about the greatest number. */
  OVERFLOW,
  /** Far apart, the smaller with few bits: it decides ties and nothing else. */
  STICKY,
  /** Few leading bits each: exact results and ties. */
  SHORT,
  INFINITE,
  NOT_A_NUMBER;

  private static final int SIGN_AND_FRACTION = 0x807fffff;
  private static final int FRACTION_BITS = 23;

  /** Operands in canonical form, or nearly so: the arithmetic's users read them canonically. */
  int[] draw(int count, RandomGenerator random) {
    int[] operands = new int[count];
    for (int at = 0; at < count; at++) {
      int operand = at % 2 == 1 ? second(operands[at - 1], random) : first(random);
      operands[at] = Float32.canonical(operand);
    }
    return operands;
  }

  private int first(RandomGenerator random) {
    return switch (this) {
      case ANY_BITS -> random.nextInt();
      case EVERYDAY, CANCELLATION, STICKY -> between(107, 147, random);
      case SUBNORMAL -> random.nextInt() & 0x80ffffff;
      case OVERFLOW -> random.nextBoolean() ? between(188, 192, random) : between(250, 254, random);
      case SHORT -> between(100, 150, random) & 0xfff00000;
      case INFINITE -> random.nextBoolean() ? Float32.INFINITY : between(0, 255, random);
      case NOT_A_NUMBER -> random.nextInt(3) == 0 ? Float32.NAN : random.nextInt();
    };
  }

  private int second(int before, RandomGenerator random) {
    return switch (this) {
      case CANCELLATION -> (before ^ Integer.MIN_VALUE) + random.nextInt(-3, 4);
      case STICKY -> between(1, 250, random) & (0x80000000 >> random.nextInt(9, 16));
      case INFINITE ->
          random.nextBoolean() ? Float32.NEGATIVE_INFINITY : random.nextInt(-1, 2) & 0x3f800000;
      default -> first(random);
    };
  }

  /** Any sign and fraction, and an exponent field from one to below the other. */
  private static int between(int least, int limit, RandomGenerator random) {
    return (random.nextInt() & SIGN_AND_FRACTION)
        | (random.nextInt(least, limit + 1) << FRACTION_BITS);
  }
}
