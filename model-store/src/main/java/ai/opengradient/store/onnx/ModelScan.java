package ai.opengradient.store.onnx;

import ai.opengradient.store.StoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a whole file.
 *
 * <p>Source: ONNX's {@code onnx.proto}, ModelProto.
 */
final class ModelScan {
  private static final int IR_VERSION = 1;
  private static final int PRODUCER_NAME = 2;
  private static final int PRODUCER_VERSION = 3;
  private static final int GRAPH = 7;
  private static final int OPERATOR_SET = 8;
  private static final int METADATA = 14;
  private static final int FUNCTION = 25;

  private static final int OPERATOR_SET_DOMAIN = 1;
  private static final int OPERATOR_SET_VERSION = 2;

  private static final String MAIN_DOMAIN = "ai.onnx";

  /** Files of earlier formats can't state operator sets and mean the first. */
  private static final int OPERATOR_SETS_SINCE = 3;

  private static final int MAXIMUM_ENTRIES = 1_000;

  private final ProtobufInput input;
  private final Map<String, Long> operatorSets = new HashMap<>();
  private final Map<String, String> metadata = new HashMap<>();
  private String producerName = "";
  private String producerVersion = "";
  private long irVersion;
  private boolean hasGraph;
  private final GraphScan graph;

  private ModelScan(ProtobufInput input) {
    this.input = input;
    this.graph = new GraphScan(input);
  }

  static OnnxSummary read(ProtobufInput input) throws IOException {
    ModelScan scan = new ModelScan(input);
    input.fields(scan::field);
    return scan.summary();
  }

  private void field(int tag) throws IOException {
    if (tag == ProtobufInput.number(IR_VERSION)) {
      irVersion = input.readNumber();
    } else if (tag == ProtobufInput.bytes(PRODUCER_NAME)) {
      producerName = input.readText();
    } else if (tag == ProtobufInput.bytes(PRODUCER_VERSION)) {
      producerVersion = input.readText();
    } else if (tag == ProtobufInput.bytes(GRAPH)) {
      if (hasGraph) {
        throw new StoreException.InvalidOnnx("the file has two graphs");
      }
      hasGraph = true;
      graph.readGraph();
    } else if (tag == ProtobufInput.bytes(OPERATOR_SET)) {
      operatorSet();
    } else if (tag == ProtobufInput.bytes(METADATA)) {
      metadata();
    } else if (tag == ProtobufInput.bytes(FUNCTION)) {
      graph.readFunction();
    } else {
      input.skip(tag);
    }
  }

  private void operatorSet() throws IOException {
    var fields =
        new ProtobufInput.Fields() {
          private String domain = "";
          private long version;

          @Override
          public void read(int tag) throws IOException {
            if (tag == ProtobufInput.bytes(OPERATOR_SET_DOMAIN)) {
              domain = input.readText();
            } else if (tag == ProtobufInput.number(OPERATOR_SET_VERSION)) {
              version = input.readNumber();
            } else {
              input.skip(tag);
            }
          }
        };
    input.message(fields);
    requireRoom(operatorSets);
    operatorSets.put(fields.domain.isEmpty() ? MAIN_DOMAIN : fields.domain, fields.version);
  }

  private void metadata() throws IOException {
    TextEntry entry = TextEntry.read(input);
    requireRoom(metadata);
    metadata.put(entry.key(), entry.value());
  }

  private static void requireRoom(Map<String, ?> entries) {
    if (entries.size() == MAXIMUM_ENTRIES) {
      throw new StoreException.InvalidOnnx(
          "the file has more than " + MAXIMUM_ENTRIES + " properties or operator sets");
    }
  }

  private OnnxSummary summary() {
    if (!hasGraph) {
      throw new StoreException.InvalidOnnx("the file has no graph; is it ONNX at all?");
    }
    if (irVersion < 1) {
      throw new StoreException.InvalidOnnx(
          "the file states no version of its format; is it ONNX at all?");
    }
    if (operatorSets.isEmpty()) {
      if (irVersion >= OPERATOR_SETS_SINCE) {
        throw new StoreException.InvalidOnnx("the file states no version of its operators");
      }
      operatorSets.put(MAIN_DOMAIN, 1L);
    }
    graph.requireKnownDomains();
    List<TensorSignature> outputs = graph.outputs();
    if (outputs.isEmpty()) {
      throw new StoreException.InvalidOnnx("the model has no output");
    }
    return new OnnxSummary(
        irVersion,
        operatorSets,
        (producerName + " " + producerVersion).strip(),
        graph.inputs(),
        outputs,
        graph.operators(),
        graph.parameters(),
        graph.dataFiles(),
        metadata);
  }
}
