package ai.opengradient.worker.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime's own Java interface in this JVM, the judge of what comes out of the child. */
public final class DirectSession implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  public DirectSession(Path model, int threads, OptimisationLevel optimisation)
      throws OrtException {
    try (var options = SessionSettings.of(threads, optimisation)) {
      session = environment.createSession(model.toString(), options);
    }
  }

  /** Inputs in memory of the machine's order, by name, for {@link #runBare}. */
  public record Inputs(Map<String, OnnxTensor> named) implements AutoCloseable {
    @Override
    public void close() {
      named.values().forEach(OnnxTensor::close);
    }
  }

  /** Inputs and outputs as the child takes and gives them. */
  public List<Tensor> run(List<Tensor> inputs) throws OrtException {
    try (Inputs ready = inputs(inputs);
        OrtSession.Result result = session.run(ready.named())) {
      List<Tensor> outputs = new ArrayList<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        outputs.add(tensor((OnnxTensor) output.getValue()).canonical());
      }
      return outputs;
    }
  }

  /** Makes inputs ready, in the model's order; the caller closes them. */
  public Inputs inputs(List<Tensor> inputs) throws OrtException {
    Map<String, OnnxTensor> named = new LinkedHashMap<>();
    for (String name : session.getInputNames()) {
      named.put(name, tensor(inputs.get(named.size())));
    }
    return new Inputs(named);
  }

  private OnnxTensor tensor(Tensor tensor) throws OrtException {
    long[] shape = tensor.type().shape().stream().mapToLong(Integer::longValue).toArray();
    ByteBuffer bigEndian = tensor.canonical().bytes();
    ByteBuffer elements =
        ByteBuffer.allocateDirect(bigEndian.remaining()).order(ByteOrder.nativeOrder());
    return switch (tensor.type().dataType()) {
      case FLOAT32 ->
          OnnxTensor.createTensor(
              environment, elements.asFloatBuffer().put(bigEndian.asFloatBuffer()).flip(), shape);
      case INT32 ->
          OnnxTensor.createTensor(
              environment, elements.asIntBuffer().put(bigEndian.asIntBuffer()).flip(), shape);
      case INT64 ->
          OnnxTensor.createTensor(
              environment, elements.asLongBuffer().put(bigEndian.asLongBuffer()).flip(), shape);
      case UINT8 -> bytes(elements.put(bigEndian).flip(), shape, OnnxJavaType.UINT8);
      case INT8 -> bytes(elements.put(bigEndian).flip(), shape, OnnxJavaType.INT8);
      case BOOL -> bytes(elements.put(bigEndian).flip(), shape, OnnxJavaType.BOOL);
    };
  }

  /** Nothing but the call itself, for measurements. */
  public void runBare(Inputs inputs) throws OrtException {
    session.run(inputs.named()).close();
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private OnnxTensor bytes(ByteBuffer elements, long[] shape, OnnxJavaType type)
      throws OrtException {
    return OnnxTensor.createTensor(environment, elements, shape, type);
  }

  private static Tensor tensor(OnnxTensor output) {
    DataType dataType =
        switch (output.getInfo().type) {
          case FLOAT -> DataType.FLOAT32;
          case UINT8 -> DataType.UINT8;
          case INT8 -> DataType.INT8;
          case INT32 -> DataType.INT32;
          case INT64 -> DataType.INT64;
          case BOOL -> DataType.BOOL;
          case DOUBLE, INT16, FLOAT16, BFLOAT16, STRING, UNKNOWN ->
              throw new IllegalArgumentException("no tensor of ours: " + output.getInfo());
        };
    List<Integer> shape =
        Arrays.stream(output.getInfo().getShape()).mapToInt(Math::toIntExact).boxed().toList();
    ByteBuffer source = output.getByteBuffer().order(ByteOrder.nativeOrder());
    ByteBuffer target = ByteBuffer.allocate(source.remaining());
    while (source.hasRemaining()) {
      switch (dataType.width()) {
        case 1 -> target.put(source.get());
        case 4 -> target.putInt(source.getInt());
        default -> target.putLong(source.getLong());
      }
    }
    return new Tensor(new TensorType(dataType, shape), target.flip());
  }
}
