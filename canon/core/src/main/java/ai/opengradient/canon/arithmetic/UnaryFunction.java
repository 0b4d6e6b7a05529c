package ai.opengradient.canon.arithmetic;

import java.util.Locale;

/**
 * The functions of one float32, correctly rounded for all 2^32 arguments. Each is computed in
 * integers to 90 bits or more of the result. No result comes nearer to a tie than 77 bits (SIGMOID
 * of −2^−24), of any other function none nearer than 58. {@code scripts/exhaustive} compares every
 * argument with MPFR.
 *
 * <p>Source: section 5 of {@code docs/canon.md}.
 */
public enum UnaryFunction {
  EXP(0x50),
  LOG(0x51),
  TANH(0x52),
  ERF(0x53),
  SIGMOID(0x54),
  SIN(0x55),
  COS(0x56),
  ATAN(0x57),
  SINH(0x58),
  SOFTPLUS(0x59);

  private final int code;

  UnaryFunction(int code) {
    this.code = code;
  }

  /** The code of the primitive in descriptors. */
  public int code() {
    return code;
  }

  /** The function's value; both are bits in canonical form. */
  public int apply(int x) {
    return switch (this) {
      case EXP -> ExponentialFunctions.exp(x);
      case LOG -> LogarithmicFunctions.log(x);
      case TANH -> ExponentialFunctions.tanh(x);
      case ERF -> ErrorFunction.erf(x);
      case SIGMOID -> ExponentialFunctions.sigmoid(x);
      case SIN -> CircularFunctions.sin(x);
      case COS -> CircularFunctions.cos(x);
      case ATAN -> Arctangent.atan(x);
      case SINH -> ExponentialFunctions.sinh(x);
      case SOFTPLUS -> LogarithmicFunctions.softplus(x);
    };
  }

  /** The name in lower case, as commands take it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
