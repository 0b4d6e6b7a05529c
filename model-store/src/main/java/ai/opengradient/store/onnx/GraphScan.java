package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import ai.opengradient.store.manifest.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a model's graph and functions with all graphs inside their nodes: counts operators and
 * parameters, keeps the outermost inputs and outputs.
 */
final class GraphScan {
  private static final int NODE = 1;
  private static final int INITIALISER = 5;
  private static final int INPUT = 11;
  private static final int OUTPUT = 12;
  private static final int SPARSE_INITIALISER = 15;

  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int NODE_DOMAIN = 7;

  private static final int ATTRIBUTE_TENSOR = 5;
  private static final int ATTRIBUTE_GRAPH = 6;
  private static final int ATTRIBUTE_TENSORS = 10;
  private static final int ATTRIBUTE_GRAPHS = 11;
  private static final int ATTRIBUTE_SPARSE_TENSOR = 22;
  private static final int ATTRIBUTE_SPARSE_TENSORS = 23;

  private static final int FUNCTION_NAME = 1;
  private static final int FUNCTION_NODE = 7;
  private static final int FUNCTION_DOMAIN = 10;

  private static final int SPARSE_VALUES = 1;
  private static final int SPARSE_INDICES = 2;

  private static final int MAXIMUM_DEPTH = 16;
  private static final int MAXIMUM_VALUES = 10_000;
  private static final int MAXIMUM_INITIALISERS = 100_000;
  private static final int MAXIMUM_OPERATORS = 1_000;
  private static final Set<String> DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");

  private final ProtobufInput input;
  private final Map<String, Integer> operators = new HashMap<>();
  private final Set<String> initialisers = new HashSet<>();
  private final List<StatedValue> inputs = new ArrayList<>();
  private final List<StatedValue> outputs = new ArrayList<>();
  private final SortedMap<String, DataFile> dataFiles = new TreeMap<>();
  private long parameters;

  /** By domain and operator: what to say if the model has no such function. */
  private final Map<String, String> foreign = new LinkedHashMap<>();

  private final Set<String> functions = new HashSet<>();

  GraphScan(ProtobufInput input) {
    this.input = input;
  }

  /** Reads a field that is the model's graph. */
  void readGraph() throws IOException {
    graph(0);
  }

  /** Reads a field that is a function of the model's own. */
  void readFunction() throws IOException {
    var fields =
        new ProtobufInput.Fields() {
          private String name = "";
          private String domain = "";

          @Override
          public void read(int tag) throws IOException {
            if (tag == ProtobufInput.bytes(FUNCTION_NAME)) {
              name = input.readText();
            } else if (tag == ProtobufInput.bytes(FUNCTION_DOMAIN)) {
              domain = input.readText();
            } else if (tag == ProtobufInput.bytes(FUNCTION_NODE)) {
              node(0);
            } else {
              input.skip(tag);
            }
          }
        };
    input.message(fields);
    functions.add(fields.domain + "." + fields.name);
    if (functions.size() > MAXIMUM_OPERATORS) {
      throw new StoreException.InvalidOnnx(
          "the model has more than " + MAXIMUM_OPERATORS + " functions");
    }
  }

  /**
   * Throws unless all operators are ONNX's or functions of the model.
   *
   * @throws StoreException.UnsupportedOnnx naming the first node that is neither
   */
  void requireKnownDomains() {
    foreign.forEach((operator, reason) -> {
      if (!functions.contains(operator)) {
        throw new StoreException.UnsupportedOnnx(reason);
      }
    });
  }

  /** By operator, with its domain in front unless it is ONNX's main one, the number of nodes. */
  Map<String, Integer> operators() {
    return operators;
  }

  long parameters() {
    return parameters;
  }

  /** By name, the files beside the model that hold data of constants. */
  List<DataFile> dataFiles() {
    return List.copyOf(dataFiles.values());
  }

  /** What a caller gives: older files list the initialisers among the inputs. */
  List<TensorSignature> inputs() {
    return signatures(
        inputs.stream().filter(value -> !initialisers.contains(value.name())).toList(), "input");
  }

  List<TensorSignature> outputs() {
    return signatures(outputs, "output");
  }

  private static List<TensorSignature> signatures(List<StatedValue> values, String what) {
    Set<String> names = new HashSet<>();
    List<TensorSignature> signatures = new ArrayList<>();
    for (StatedValue value : values) {
      if (!names.add(value.name())) {
        throw new StoreException.InvalidOnnx(
            "the model has two " + what + "s called '" + value.name() + "'");
      }
      signatures.add(value.signature(what));
    }
    return signatures;
  }

  private void graph(int depth) throws IOException {
    if (depth > MAXIMUM_DEPTH) {
      throw new StoreException.UnsupportedOnnx(
          "the model has graphs nested deeper than " + MAXIMUM_DEPTH + " levels");
    }
    input.message(tag -> {
      if (tag == ProtobufInput.bytes(NODE)) {
        node(depth);
      } else if (tag == ProtobufInput.bytes(INITIALISER)) {
        initialiser(tensor(), depth);
      } else if (tag == ProtobufInput.bytes(SPARSE_INITIALISER)) {
        sparse(depth);
      } else if (tag == ProtobufInput.bytes(INPUT) && depth == 0) {
        add(inputs);
      } else if (tag == ProtobufInput.bytes(OUTPUT) && depth == 0) {
        add(outputs);
      } else {
        input.skip(tag);
      }
    });
  }

  private void add(List<StatedValue> values) throws IOException {
    if (values.size() == MAXIMUM_VALUES) {
      throw new StoreException.InvalidOnnx(
          "the model has more than " + MAXIMUM_VALUES + " inputs or outputs");
    }
    values.add(StatedValue.read(input));
  }

  private StoredTensor tensor() throws IOException {
    StoredTensor tensor = StoredTensor.read(input);
    tensor
        .externalRange()
        .ifPresent(range -> {
          DataFile file = dataFiles.getOrDefault(range.file(), new DataFile(range.file(), 0, 0));
          dataFiles.put(range.file(), file.with(range));
        });
    if (dataFiles.size() > Manifest.MAXIMUM_DATA_FILES) {
      throw new StoreException.UnsupportedOnnx(
          "the model has its data in more than "
              + Manifest.MAXIMUM_DATA_FILES
              + " files; save them in one");
    }
    return tensor;
  }

  private void initialiser(StoredTensor tensor, int depth) {
    parameters = Math.addExact(parameters, tensor.count());
    if (depth == 0) {
      initialisers.add(tensor.name());
    }
    if (initialisers.size() > MAXIMUM_INITIALISERS) {
      throw new StoreException.InvalidOnnx(
          "the model has more than " + MAXIMUM_INITIALISERS + " initialisers");
    }
  }

  private void sparse(int depth) throws IOException {
    input.message(tag -> {
      if (tag == ProtobufInput.bytes(SPARSE_VALUES)) {
        initialiser(tensor(), depth);
      } else if (tag == ProtobufInput.bytes(SPARSE_INDICES)) {
        tensor();
      } else {
        input.skip(tag);
      }
    });
  }

  private void node(int depth) throws IOException {
    NodeFields node = new NodeFields(depth);
    input.message(node);
    if (node.operator.isEmpty()) {
      throw new StoreException.InvalidOnnx("node '" + node.name + "' has no operator");
    }
    if (!DOMAINS.contains(node.domain)) {
      foreign.putIfAbsent(
          node.domain + "." + node.operator,
          "node '"
              + node.name
              + "' is "
              + node.operator
              + " of the custom domain '"
              + node.domain
              + "'; export the model with ONNX's own operators");
    }
    boolean main = node.domain.isEmpty() || node.domain.equals("ai.onnx");
    operators.merge(main ? node.operator : node.domain + "." + node.operator, 1, Integer::sum);
    if (operators.size() > MAXIMUM_OPERATORS) {
      throw new StoreException.InvalidOnnx(
          "the model has more than " + MAXIMUM_OPERATORS + " different operators");
    }
  }

  private void attribute(int tag, int depth) throws IOException {
    switch (tag >>> 3) {
      case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> tensor();
      case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> graph(depth + 1);
      case ATTRIBUTE_SPARSE_TENSOR, ATTRIBUTE_SPARSE_TENSORS ->
          input.message(part -> {
            if (part == ProtobufInput.bytes(SPARSE_VALUES)
                || part == ProtobufInput.bytes(SPARSE_INDICES)) {
              tensor();
            } else {
              input.skip(part);
            }
          });
      default -> input.skip(tag);
    }
  }

  /** Collects what is needed of one node. */
  private final class NodeFields implements ProtobufInput.Fields {
    private final int depth;
    private String name = "";
    private String operator = "";
    private String domain = "";

    NodeFields(int depth) {
      this.depth = depth;
    }

    @Override
    public void read(int tag) throws IOException {
      if (tag == ProtobufInput.bytes(NODE_NAME)) {
        name = input.readText();
      } else if (tag == ProtobufInput.bytes(NODE_OPERATOR)) {
        operator = input.readText();
      } else if (tag == ProtobufInput.bytes(NODE_DOMAIN)) {
        domain = input.readText();
      } else if (tag == ProtobufInput.bytes(NODE_ATTRIBUTE)) {
        input.message(part -> {
          if (part == ProtobufInput.bytes(part >>> 3)) {
            attribute(part, depth);
          } else {
            input.skip(part);
          }
        });
      } else {
        input.skip(tag);
      }
    }
  }
}
