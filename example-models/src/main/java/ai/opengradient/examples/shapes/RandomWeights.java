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
    return add(name, random -> random.normal() * deviation, shape);
  }

  /** Any number from {@code low} to {@code high}, all equally likely. */
  String between(String name, double low, double high, long... shape) {
    return add(name, random -> random.between(low, high), shape);
  }

  private String add(String name, ToDoubleFunction<SplitMix64> draw, long... shape) {
    long sequence = drawn++;
    int count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    int elements = count;
    return graph.constant(
        name,
        DataType.FLOAT,
        Math.multiplyExact(elements, Float.BYTES),
        stream -> write(SplitMix64.of(seed, sequence), draw, elements, stream),
        shape);
  }

  private static void write(
      SplitMix64 random, ToDoubleFunction<SplitMix64> draw, int elements, OutputStream stream)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int left = elements; left > 0; ) {
      int count = Math.min(left, CHUNK);
      chunk.clear();
      for (int index = 0; index < count; index++) {
        chunk.putFloat((float) draw.applyAsDouble(random));
      }
      stream.write(chunk.array(), 0, chunk.position());
      left -= count;
    }
  }
}
