package ai.opengradient.examples.shapes;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ToDoubleFunction;

/**
 * Adds random float32 constants to a graph. Each has its own sequence of the seed, and its elements
 * are drawn when the file is written.
 */
final class RandomWeights {
  private static final int CHUNK = 1 << 14;

  private final OnnxGraph graph;
  private final long seed;
  private long drawn;

  RandomWeights(OnnxGraph graph, long seed) {
    this.graph = graph;
    this.seed = seed;
  }

  /** Nearly normal, around zero. */
  String normal(String name, double deviation, long... shape) {
    return independent(name, random -> random.normal() * deviation, shape);
  }

  /** Any number from {@code low} to {@code high}, all equally likely. */
  String between(String name, double low, double high, long... shape) {
    return independent(name, random -> random.between(low, high), shape);
  }

  /**
   * Nearly normal, and each filter's weights sum to zero: what all the values before it have in
   * common, as rectified ones do, does not drown what distinguishes them.
   *
   * @param shape the number of filters, then the shape of each
   */
  String filters(String name, double deviation, long... shape) {
    int terms = count(shape) / Math.toIntExact(shape[0]);
    return add(
        name,
        terms,
        (random, filter) -> {
          double sum = 0;
          for (int term = 0; term < terms; term++) {
            filter[term] = random.normal() * deviation;
            sum += filter[term];
          }
          double mean = sum / terms;
          for (int term = 0; term < terms; term++) {
            filter[term] -= mean;
          }
        },
        shape);
  }

  private String independent(String name, ToDoubleFunction<SplitMix64> draw, long... shape) {
    return add(
        name,
        CHUNK,
        (random, chunk) -> {
          for (int index = 0; index < chunk.length; index++) {
            chunk[index] = draw.applyAsDouble(random);
          }
        },
        shape);
  }

  /** Fills the next elements. */
  private interface Filling {
    void fill(SplitMix64 random, double[] chunk);
  }

  private String add(String name, int chunk, Filling filling, long... shape) {
    long sequence = drawn++;
    int count = count(shape);
    return graph.constant(
        name,
        DataType.FLOAT,
        Math.multiplyExact(count, Float.BYTES),
        stream -> write(SplitMix64.of(seed, sequence), filling, chunk, count, stream),
        shape);
  }

  private static void write(
      SplitMix64 random, Filling filling, int chunk, int count, OutputStream stream)
      throws IOException {
    double[] values = new double[chunk];
    byte[] raw = new byte[chunk * Float.BYTES];
    ByteBuffer elements = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    for (int left = count; left > 0; left -= chunk) {
      filling.fill(random, values);
      elements.clear();
      for (double value : values) {
        elements.putFloat((float) value);
      }
      stream.write(raw, 0, Math.min(left, chunk) * Float.BYTES);
    }
  }

  private static int count(long... shape) {
    int count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    return count;
  }
}
