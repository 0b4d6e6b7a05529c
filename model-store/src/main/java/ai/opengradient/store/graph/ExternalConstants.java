package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.opengradient.store.onnx.ExternalRange;
import ai.opengradient.store.onnx.OnnxFile;
import com.google.protobuf.UnsafeByteOperations;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Puts the data of constants that lie in other files where they would be in a model with all data
 * inside: so both are the same model from here on. The data stay on disk until they are read.
 */
final class ExternalConstants {
  private final OnnxFile file;

  private ExternalConstants(OnnxFile file) {
    this.file = file;
  }

  static ModelProto inside(ModelProto model, OnnxFile file) {
    if (file.summary().dataFiles().isEmpty()) {
      return model;
    }
    ExternalConstants constants = new ExternalConstants(file);
    ModelProto.Builder inside = model.toBuilder();
    inside.setGraph(constants.inside(model.getGraph()));
    for (int at = 0; at < model.getFunctionsCount(); at++) {
      FunctionProto.Builder function = model.getFunctions(at).toBuilder();
      for (int node = 0; node < function.getNodeCount(); node++) {
        function.setNode(node, constants.inside(function.getNode(node)));
      }
      inside.setFunctions(at, function);
    }
    return inside.build();
  }

  private GraphProto inside(GraphProto graph) {
    GraphProto.Builder inside = graph.toBuilder();
    for (int at = 0; at < graph.getInitializerCount(); at++) {
      inside.setInitializer(at, inside(graph.getInitializer(at)));
    }
    for (int at = 0; at < graph.getNodeCount(); at++) {
      inside.setNode(at, inside(graph.getNode(at)));
    }
    return inside.build();
  }

  private NodeProto inside(NodeProto node) {
    NodeProto.Builder inside = node.toBuilder();
    for (int at = 0; at < node.getAttributeCount(); at++) {
      inside.setAttribute(at, inside(node.getAttribute(at)));
    }
    return inside.build();
  }

  private AttributeProto inside(AttributeProto attribute) {
    AttributeProto.Builder inside = attribute.toBuilder();
    if (attribute.hasT()) {
      inside.setT(inside(attribute.getT()));
    }
    if (attribute.hasG()) {
      inside.setG(inside(attribute.getG()));
    }
    for (int at = 0; at < attribute.getTensorsCount(); at++) {
      inside.setTensors(at, inside(attribute.getTensors(at)));
    }
    for (int at = 0; at < attribute.getGraphsCount(); at++) {
      inside.setGraphs(at, inside(attribute.getGraphs(at)));
    }
    return inside.build();
  }

  private TensorProto inside(TensorProto tensor) {
    OptionalLong length = TensorReader.byteLength(tensor);
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL || length.isEmpty()) {
      return tensor;
    }
    Map<String, String> stated = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      stated.put(entry.getKey(), entry.getValue());
    }
    ExternalRange range = ExternalRange.of(tensor.getName(), stated, length.getAsLong());
    return tensor.toBuilder()
        .clearExternalData()
        .clearDataLocation()
        .setRawData(UnsafeByteOperations.unsafeWrap(file.data(range)))
        .build();
  }
}
