package ai.opengradient.worker.inference;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorType;
import ai.opengradient.examples.OnnxGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models made for one test each. */
public final class TestModels {
  /** What the project's own training left, seen from the module's folder. */
  static final Path TRAINED = Path.of("..", "example-models", "models");

  private TestModels() {}

  static Path write(Path folder, String name, byte[] onnx) throws IOException {
    return Files.write(folder.resolve(name + ".onnx"), onnx);
  }

  /** Gives back its input. */
  static byte[] identity(TensorType type) {
    return unary("Identity", type, type.dataType());
  }

  /** One operator with one input {@code x}; output {@code y} of the same shape. */
  static byte[] unary(String operator, TensorType type, DataType outputType) {
    long[] shape = type.shape().stream().mapToLong(Integer::longValue).toArray();
    OnnxGraph graph = new OnnxGraph(operator);
    String x = graph.input("x", onnx(type.dataType()), shape);
    graph.node("y", operator, List.of(x));
    graph.output("y", onnx(outputType), shape);
    return graph.toBytes();
  }

  /**
   * Two inputs and two outputs, in an order of their own: a − b as {@code z}, then b − a as {@code
   * y}.
   */
  static byte[] differences() {
    OnnxGraph graph = new OnnxGraph("differences");
    String b = graph.input("b", TensorProto.DataType.FLOAT, 2);
    String a = graph.input("a", TensorProto.DataType.FLOAT, 2);
    graph.node("y", "Sub", List.of(b, a));
    graph.node("z", "Sub", List.of(a, b));
    graph.output("z", TensorProto.DataType.FLOAT, 2);
    graph.output("y", TensorProto.DataType.FLOAT, 2);
    return graph.toBytes();
  }

  /**
   * The outer product of {@code column} [size,1] and {@code row} [1,size], multiplied with itself
   * so many times: from short inputs, four bytes times size² of memory, and each product 2 · size³
   * operations.
   */
  public static byte[] outerProduct(int size, int products) {
    OnnxGraph graph = new OnnxGraph("outerProduct");
    String column = graph.input("column", TensorProto.DataType.FLOAT, size, 1);
    String row = graph.input("row", TensorProto.DataType.FLOAT, 1, size);
    String square = graph.node("square", "MatMul", List.of(column, row));
    String last = square;
    for (int product = 1; product <= products; product++) {
      last = graph.node("product" + product, "MatMul", List.of(last, square));
    }
    graph.node("mean", "ReduceMean", List.of(last));
    graph.output("mean", TensorProto.DataType.FLOAT, 1, 1);
    return graph.toBytes();
  }

  private static TensorProto.DataType onnx(DataType type) {
    return TensorProto.DataType.forNumber(type.code());
  }

  /** Squeezes {@code x} [1,2] by the axes of its second input, which may be none. */
  static byte[] squeeze() {
    OnnxGraph graph = new OnnxGraph("squeeze");
    String x = graph.input("x", TensorProto.DataType.FLOAT, 1, 2);
    String axes = graph.input("axes", TensorProto.DataType.INT64, 0);
    graph.node("y", "Squeeze", List.of(x, axes));
    graph.output("y", TensorProto.DataType.FLOAT, 1, 2);
    return graph.toBytes();
  }

  /** Of {@code x} [2] nothing, which is its first output, and −x. */
  static byte[] emptySlice() {
    OnnxGraph graph = new OnnxGraph("emptySlice");
    String x = graph.input("x", TensorProto.DataType.FLOAT, 2);
    String bound = graph.integers64("bound", new long[] {1}, 1);
    graph.node("nothing", "Slice", List.of(x, bound, bound));
    graph.node("y", "Neg", List.of(x));
    graph.output("nothing", TensorProto.DataType.FLOAT, 0);
    graph.output("y", TensorProto.DataType.FLOAT, 2);
    return graph.toBytes();
  }
}
