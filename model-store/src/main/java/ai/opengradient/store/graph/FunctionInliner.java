package ai.opengradient.store.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.opengradient.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the bodies of a model's own functions in the place of the nodes that call them. Values
 * inside a body get names that no other call's have. Source: ONNX's {@code onnx.proto},
 * FunctionProto.
 */
final class FunctionInliner {
  private static final int MAXIMUM_DEPTH = 16;

  private final Map<Key, FunctionProto> functions = new HashMap<>();
  private int calls;
  private int nodes;

  private record Key(String domain, String name, String overload) {
    static Key of(NodeProto node) {
      return new Key(
          GraphReader.plainDomain(node.getDomain()), node.getOpType(), node.getOverload());
    }
  }

  private FunctionInliner(ModelProto model) {
    for (FunctionProto function : model.getFunctionsList()) {
      Key key =
          new Key(
              GraphReader.plainDomain(function.getDomain()),
              function.getName(),
              function.getOverload());
      if (functions.put(key, function) != null) {
        throw new StoreException.InvalidOnnx(
            "the model defines the function '" + function.getName() + "' twice");
      }
      requireSameOperators(model, function);
    }
  }

  private static void requireSameOperators(ModelProto model, FunctionProto function) {
    long outside = version(model.getOpsetImportList());
    long inside = version(function.getOpsetImportList());
    if (inside != outside && inside != 0) {
      throw new StoreException.UnsupportedOnnx(
          "the function '%s' means version %d of ONNX's operators, the model %d; convert it to one version"
              .formatted(function.getName(), inside, outside));
    }
  }

  private static long version(List<OperatorSetIdProto> sets) {
    return sets.stream()
        .filter(set -> GraphReader.plainDomain(set.getDomain()).isEmpty())
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElse(0);
  }

  /**
   * The model's graph without calls of its own functions.
   *
   * @throws StoreException.InvalidOnnx if functions call themselves, or are called with more than
   *     they take
   * @throws StoreException.UnsupportedOnnx if they nest too deep or grow too large
   */
  static GraphProto inline(ModelProto model) {
    return model.getFunctionsCount() == 0
        ? model.getGraph()
        : new FunctionInliner(model).inline(model.getGraph(), 0);
  }

  private GraphProto inline(GraphProto graph, int depth) {
    List<NodeProto> inlined = new ArrayList<>();
    graph.getNodeList().forEach(node -> add(node, depth, inlined));
    return graph.toBuilder().clearNode().addAllNode(inlined).build();
  }

  private void add(NodeProto node, int depth, List<NodeProto> target) {
    if (++nodes > GraphReader.MAXIMUM_NODES) {
      throw new StoreException.UnsupportedOnnx(
          "the model has more than "
              + GraphReader.MAXIMUM_NODES
              + " nodes and calls with its functions inlined; split it");
    }
    FunctionProto function = functions.get(Key.of(node));
    if (function != null) {
      call(node, function, depth, target);
      return;
    }
    NodeProto.Builder plain = node.toBuilder();
    for (int at = 0; at < node.getAttributeCount(); at++) {
      if (node.getAttribute(at).hasG()) {
        plain.setAttribute(
            at,
            node.getAttribute(at).toBuilder().setG(inline(node.getAttribute(at).getG(), depth)));
      }
    }
    target.add(plain.build());
  }

  private void call(NodeProto node, FunctionProto function, int depth, List<NodeProto> target) {
    if (depth == MAXIMUM_DEPTH) {
      throw new StoreException.InvalidOnnx(
          "the function '"
              + function.getName()
              + "' calls itself, or functions nest deeper than "
              + MAXIMUM_DEPTH
              + " levels");
    }
    if (node.getInputCount() > function.getInputCount()
        || node.getOutputCount() > function.getOutputCount()) {
      throw new StoreException.InvalidOnnx(
          "node '%s' gives or wants more than the function '%s' has"
              .formatted(node.getName(), function.getName()));
    }
    Body body = new Body(node, function, "call " + calls++ + " of " + function.getName() + "/");
    for (NodeProto inner : function.getNodeList()) {
      add(body.node(inner), depth + 1, target);
    }
  }

  /** A function's body for one call: names and attributes of the call in place of its own. */
  private static final class Body {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeProto> attributes = new HashMap<>();
    private final String prefix;

    Body(NodeProto call, FunctionProto function, String prefix) {
      this.prefix = prefix;
      names.put("", "");
      for (int input = 0; input < function.getInputCount(); input++) {
        names.put(
            function.getInput(input), input < call.getInputCount() ? call.getInput(input) : "");
      }
      for (int output = 0; output < call.getOutputCount(); output++) {
        if (!call.getOutput(output).isEmpty()) {
          names.put(function.getOutput(output), call.getOutput(output));
        }
      }
      function
          .getAttributeProtoList()
          .forEach(standard -> attributes.put(standard.getName(), standard));
      call.getAttributeList().forEach(given -> attributes.put(given.getName(), given));
    }

    private String name(String inner) {
      String known = names.get(inner);
      return known == null ? prefix + inner : known;
    }

    private List<String> names(List<String> inner) {
      return inner.stream().map(this::name).toList();
    }

    NodeProto node(NodeProto inner) {
      NodeProto.Builder node =
          inner.toBuilder()
              .setName(prefix + inner.getName())
              .clearInput()
              .addAllInput(names(inner.getInputList()))
              .clearOutput()
              .addAllOutput(names(inner.getOutputList()))
              .clearAttribute();
      for (AttributeProto attribute : inner.getAttributeList()) {
        if (attribute.getRefAttrName().isEmpty()) {
          node.addAttribute(
              attribute.hasG()
                  ? attribute.toBuilder().setG(graph(attribute.getG())).build()
                  : attribute);
        } else if (attributes.containsKey(attribute.getRefAttrName())) {
          node.addAttribute(
              attributes.get(attribute.getRefAttrName()).toBuilder().setName(attribute.getName()));
        }
      }
      return node.build();
    }

    private GraphProto graph(GraphProto inner) {
      GraphProto.Builder graph =
          inner.toBuilder().clearNode().clearInput().clearOutput().clearInitializer();
      inner.getNodeList().forEach(node -> graph.addNode(node(node)));
      inner.getInputList().forEach(value -> graph.addInput(value(value)));
      inner.getOutputList().forEach(value -> graph.addOutput(value(value)));
      inner
          .getInitializerList()
          .forEach(constant ->
              graph.addInitializer(constant.toBuilder().setName(name(constant.getName()))));
      return graph.build();
    }

    private ValueInfoProto value(ValueInfoProto inner) {
      return inner.toBuilder().setName(name(inner.getName())).build();
    }
  }
}
