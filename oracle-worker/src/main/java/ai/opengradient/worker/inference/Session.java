package ai.opengradient.worker.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorException;
import ai.opengradient.canon.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One loaded model, run through DJL. */
final class Session implements AutoCloseable {
  private final Model model;

  private Session(Model model) {
    this.model = model;
  }

  static Session open(Engine engine, Path file, SessionOptions options) throws FailureException {
    Model model = engine.newModel(file.getFileName().toString(), Device.cpu());
    try {
      model.load(file, null, Map.of("sessionOptions", options));
      return new Session(model);
    } catch (MalformedModelException | IOException e) {
      model.close();
      throw failure(Failure.Kind.MODEL_REJECTED, e);
    }
  }

  /**
   * The model's outputs in its order, canonical. One without elements is no tensor of the protocol
   * and is left out, as the lowering leaves it out.
   */
  List<Tensor> run(List<NativeTensor> inputs) throws FailureException {
    if (inputs.isEmpty()) {
      throw new FailureException(Failure.Kind.WRONG_INPUT, "no inputs");
    }
    try (NDManager request = model.getNDManager().newSubManager()) {
      NDList arrays = new NDList();
      for (NativeTensor input : inputs) {
        arrays.add(array(request, input));
      }
      NDList results = forward(request, arrays);
      List<Tensor> outputs = new ArrayList<>();
      for (NDArray result : results) {
        if (result.size() > 0) {
          outputs.add(tensor(result));
        }
      }
      return outputs;
    }
  }

  @Override
  public void close() {
    model.close();
  }

  private NDList forward(NDManager request, NDList arrays) throws FailureException {
    try {
      return model.getBlock().forward(new ParameterStore(request, false), arrays, false);
    } catch (EngineException e) {
      boolean refused =
          e.getCause() instanceof OrtException cause
              && cause.getCode() == OrtErrorCode.ORT_INVALID_ARGUMENT;
      throw failure(refused ? Failure.Kind.WRONG_INPUT : Failure.Kind.RUN_FAILED, e);
    } catch (IllegalArgumentException e) {
      throw failure(Failure.Kind.WRONG_INPUT, e);
    }
  }

  private static NDArray array(NDManager request, NativeTensor input) throws FailureException {
    Shape shape = new Shape(input.type().shape().stream().mapToLong(Integer::longValue).toArray());
    ByteBuffer elements = input.elements();
    return switch (input.type().dataType()) {
      case FLOAT32 -> request.create(elements, shape, DataType.FLOAT32);
      case UINT8 -> request.create(elements, shape, DataType.UINT8);
      case INT8 -> request.create(elements, shape, DataType.INT8);
      case INT32 -> request.create(elements, shape, DataType.INT32);
      case INT64 -> request.create(elements, shape, DataType.INT64);
      case BOOL -> booleans(request, elements, shape);
    };
  }

  /** DJL makes no bool tensor from a buffer, and no scalar one at all. */
  private static NDArray booleans(NDManager request, ByteBuffer elements, Shape shape)
      throws FailureException {
    if (shape.dimension() == 0) {
      throw new FailureException(
          Failure.Kind.WRONG_INPUT, "a bool of rank 0 can't be handed to ONNX Runtime");
    }
    boolean[] values = new boolean[elements.remaining()];
    for (int index = 0; index < values.length; index++) {
      values[index] = elements.get(index) != 0;
    }
    return request.create(values, shape);
  }

  private static Tensor tensor(NDArray result) throws FailureException {
    try {
      TensorType type = new TensorType(dataType(result.getDataType()), shape(result.getShape()));
      ByteBuffer elements = result.toByteBuffer();
      ByteOrders.convert(elements, type.dataType(), ByteOrder.nativeOrder(), ByteOrder.BIG_ENDIAN);
      return new Tensor(type, elements);
    } catch (UnsupportedOperationException | TensorException | ArithmeticException e) {
      throw new FailureException(
          Failure.Kind.RUN_FAILED, "output " + result.getName() + ": " + e.getMessage(), e);
    }
  }

  private static List<Integer> shape(Shape shape) {
    List<Integer> dimensions = new ArrayList<>();
    for (long dimension : shape.getShape()) {
      dimensions.add(Math.toIntExact(dimension));
    }
    return dimensions;
  }

  private static ai.opengradient.canon.tensor.DataType dataType(DataType type) {
    return switch (type) {
      case FLOAT32 -> ai.opengradient.canon.tensor.DataType.FLOAT32;
      case UINT8 -> ai.opengradient.canon.tensor.DataType.UINT8;
      case INT8 -> ai.opengradient.canon.tensor.DataType.INT8;
      case INT32 -> ai.opengradient.canon.tensor.DataType.INT32;
      case INT64 -> ai.opengradient.canon.tensor.DataType.INT64;
      case BOOLEAN -> ai.opengradient.canon.tensor.DataType.BOOL;
      default -> throw new UnsupportedOperationException("elements of type " + type);
    };
  }

  /** ONNX Runtime's own words lie in the cause; want of memory is told apart by them only. */
  private static FailureException failure(Failure.Kind kind, Exception exception) {
    Throwable root = exception.getCause() == null ? exception : exception.getCause();
    String message = Objects.requireNonNullElse(root.getMessage(), root.toString());
    return new FailureException(
        MemoryExhaustion.isToldBy(message) ? Failure.Kind.OUT_OF_MEMORY : kind, message, exception);
  }
}
