package ai.opengradient.examples.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.opengradient.examples.OnnxGraph;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * ONNX Runtime's integer convolutions against exact arithmetic, straight from the operator's
 * definition: every number of every layer is the same.
 */
final class QuantisedConvolutionTest {
  private final Map<String, Image> images = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  /** Unsigned bytes of one image, channel by channel, each a square. */
  private record Image(ByteBuffer bytes, int channels, int side) {
    static Image of(OnnxTensor tensor) {
      long[] shape = tensor.getInfo().getShape();
      return new Image(tensor.getByteBuffer(), (int) shape[1], (int) shape[2]);
    }

    int at(int channel, int row, int column) {
      return Byte.toUnsignedInt(bytes.get((channel * side + row) * side + column));
    }

    boolean has(int row, int column) {
      return row >= 0 && row < side && column >= 0 && column < side;
    }
  }

  @Test
  void everyConvolutionIsExact() throws OrtException, IOException {
    OnnxGraph graph = QuantisedCnn.graph(ExampleShape.USUAL_SEED);
    graph.outputEverything();
    byte[] model = graph.toBytes();
    ModelProto parsed = ModelProto.parseFrom(model);
    parsed.getGraph().getInitializerList().forEach(it -> constants.put(it.getName(), it));
    run(model);

    List<NodeProto> convolutions =
        parsed.getGraph().getNodeList().stream()
            .filter(node -> node.getOpType().equals("QLinearConv"))
            .toList();
    assertThat(convolutions).hasSize(9).allSatisfy(this::check);
  }

  private void run(byte[] model) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> given = new SampleInputs(environment, 1).of(ExampleShape.QUANTISED_CNN);
    given.forEach((name, tensor) -> images.put(name, Image.of(tensor)));
    try (OrtSession session = environment.createSession(model);
        OrtSession.Result result = session.run(given)) {
      for (var output : result) {
        OnnxTensor tensor = (OnnxTensor) output.getValue();
        if (tensor.getInfo().getShape().length == 4) {
          images.put(output.getKey(), Image.of(tensor));
        }
      }
    }
  }

  private void check(NodeProto node) {
    Image input = Objects.requireNonNull(images.get(node.getInput(0)));
    Image output = Objects.requireNonNull(images.get(node.getOutput(0)));
    TensorProto weights = Objects.requireNonNull(constants.get(node.getInput(3)));
    int depth = (int) weights.getDims(1);
    int size = (int) weights.getDims(2);
    int stride = (int) attribute(node, "strides").getInts(0);
    int padding = (int) attribute(node, "pads").getInts(0);
    int filtersOfGroup = output.channels() / (int) attribute(node, "group").getI();
    int zero = raw(node, 2).get() & 0xFF;
    ByteBuffer weight = raw(node, 3);

    for (int filter = 0; filter < output.channels(); filter++) {
      int firstChannel = filter / filtersOfGroup * depth;
      BigDecimal factor =
          real(node, 1, 0)
              .multiply(real(node, 4, filter))
              .divide(real(node, 6, 0), RoundingMode.UNNECESSARY);
      for (int row = 0; row < output.side(); row++) {
        for (int column = 0; column < output.side(); column++) {
          long sum = raw(node, 8).getInt(filter * Integer.BYTES);
          for (int term = 0; term < depth * size * size; term++) {
            int y = row * stride - padding + term / size % size;
            int x = column * stride - padding + term % size;
            if (input.has(y, x)) {
              int value = input.at(firstChannel + term / (size * size), y, x) - zero;
              sum += (long) value * weight.get(filter * depth * size * size + term);
            }
          }
          assertThat(output.at(filter, row, column)).isEqualTo(steps(sum, factor, node));
        }
      }
    }
  }

  private int steps(long sum, BigDecimal factor, NodeProto node) {
    BigDecimal rounded =
        BigDecimal.valueOf(sum).multiply(factor).setScale(0, RoundingMode.HALF_EVEN);
    return Math.clamp(rounded.longValueExact() + (raw(node, 7).get() & 0xFF), 0, 255);
  }

  private BigDecimal real(NodeProto node, int input, int index) {
    return new BigDecimal(raw(node, input).getFloat(index * Float.BYTES));
  }

  private ByteBuffer raw(NodeProto node, int input) {
    return Objects.requireNonNull(constants.get(node.getInput(input)))
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
