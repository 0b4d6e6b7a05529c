package ai.opengradient.examples;

import java.util.Random;

/**
 * Numbers that training moves, by Adam: each step is scaled by the size that the number's gradients
 * have had of late.
 */
final class Parameter {
  private static final float KEEP_MEAN = 0.9f;
  private static final float KEEP_SQUARE = 0.999f;
  private static final float TINY = 1e-8f;

  final float[] values;
  final float[] gradient;
  private final float[] mean;
  private final float[] square;
  private double meanLeft = 1;
  private double squareLeft = 1;

  private Parameter(float[] values) {
    this.values = values;
    this.gradient = new float[values.length];
    this.mean = new float[values.length];
    this.square = new float[values.length];
  }

  static Parameter zeros(int count) {
    return new Parameter(new float[count]);
  }

  /**
   * Uniform, of the spread that keeps the signal's size through a layer of so many terms and a
   * Relu.
   */
  static Parameter random(Random random, int count, int terms) {
    Parameter parameter = zeros(count);
    float limit = (float) Math.sqrt(6.0 / terms);
    for (int index = 0; index < count; index++) {
      parameter.values[index] = (random.nextFloat() * 2 - 1) * limit;
    }
    return parameter;
  }

  /**
   * One step against the sum of gradients gathered from so many samples, which is then forgotten.
   */
  void step(float rate, int samples) {
    meanLeft *= KEEP_MEAN;
    squareLeft *= KEEP_SQUARE;
    float stride = rate / (float) (1 - meanLeft);
    float spread = 1 / (float) (1 - squareLeft);
    for (int index = 0; index < values.length; index++) {
      float slope = gradient[index] / samples;
      mean[index] = KEEP_MEAN * mean[index] + (1 - KEEP_MEAN) * slope;
      square[index] = KEEP_SQUARE * square[index] + (1 - KEEP_SQUARE) * slope * slope;
      values[index] -= stride * mean[index] / ((float) Math.sqrt(square[index] * spread) + TINY);
      gradient[index] = 0;
    }
  }
}
