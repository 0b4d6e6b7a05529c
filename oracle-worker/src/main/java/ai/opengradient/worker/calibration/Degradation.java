package ai.opengradient.worker.calibration;

/**
 * What a worker might compute in place of the model, because it is cheaper or because it cheats. A
 * band is worth its name if it convicts all of these.
 */
public enum Degradation {
  /** The model itself. */
  NONE("none", 0, 0),
  /** The operands of sums of products keep 11 bits of their significand; all else is float32. */
  TF32("tf32-like inputs", 11, 0),
  /** Operands of sums of products and all results keep 11 bits; float16's narrow range aside. */
  FP16("fp16", 11, 11),
  /** Operands of sums of products and all results keep 8 bits. */
  BF16("bf16", 8, 8),
  /** Float32 weights of sums of products lie on a grid of 255 steps, one scale for a tensor. */
  INT8_WEIGHTS("int8 weights", 0, 0),
  /** The largest weight of all sums of products has the other sign: float32, else int8. */
  FLIPPED_WEIGHT("largest weight's sign flipped", 0, 0);

  private final String title;
  private final int factorBits;
  private final int resultBits;

  Degradation(String title, int factorBits, int resultBits) {
    this.title = title;
    this.factorBits = factorBits;
    this.resultBits = resultBits;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The significand's bits that factors of sums of products keep; 0: all. */
  int factorBits() {
    return factorBits;
  }

  /** The significand's bits that results keep; 0: all. */
  int resultBits() {
    return resultBits;
  }
}
