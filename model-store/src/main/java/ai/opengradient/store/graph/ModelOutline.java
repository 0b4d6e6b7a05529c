package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.store.StoreException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model from outside, read without judging it: what one asks of ONNX's own test models before
 * they are lowered. Not for files of strangers.
 *
 * @param operators of its outermost graph, each once
 * @param hasPlainInterface whether all that goes in and out are tensors of the protocol's types
 */
public record ModelOutline(List<String> operators, boolean hasPlainInterface) {
  public ModelOutline {
    operators = List.copyOf(operators);
  }

  /**
   * The outline of a model in a file.
   *
   * @throws StoreException.InvalidOnnx if it is not ONNX
   */
  public static ModelOutline read(byte[] file) {
    try {
      GraphProto graph = ModelProto.parseFrom(file).getGraph();
      return new ModelOutline(
          graph.getNodeList().stream().map(NodeProto::getOpType).distinct().toList(),
          Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
              .map(ValueInfoProto::getType)
              .allMatch(ModelOutline::isPlain));
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.InvalidOnnx("the file is not ONNX: " + e.getMessage());
    }
  }

  private static boolean isPlain(TypeProto type) {
    return type.hasTensorType()
        && Arrays.stream(DataType.values())
            .anyMatch(known -> known.code() == type.getTensorType().getElemType());
  }
}
