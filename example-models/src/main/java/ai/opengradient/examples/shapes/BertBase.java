package ai.opengradient.examples.shapes;

import static ai.opengradient.examples.OnnxGraph.decimal;
import static ai.opengradient.examples.OnnxGraph.integer;
import static ai.opengradient.examples.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.opengradient.examples.OnnxGraph;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The bidirectional encoder BERT with a classifier. Inputs {@code input_ids}, {@code
 * token_type_ids}, {@code attention_mask} (1 for a token, 0 for filling): int64 [1,length]; outputs
 * {@code pooled_output}: float32 [1,hidden], and {@code logits}: float32 [1,2].
 *
 * <p>Source: Devlin, Chang, Lee, Toutanova, "BERT: Pre-training of deep bidirectional transformers
 * for language understanding", 2018.
 */
final class BertBase {
  /** The sizes of BERT-base, uncased, for texts of 128 tokens. */
  static final Size BASE = new Size(30_522, 512, 128, 768, 12, 12, 3072);

  private static final int TYPES = 2;
  private static final int CLASSES = 2;

  /**
   * Added to the scores of filling, which differ by 30 or so. It leaves filling less than 10⁻¹⁰ of
   * the attention, which no float32 sum shows, and spares the exponential the subnormal numbers.
   */
  private static final float MASKED = -40;

  private final Size size;
  private final OnnxGraph graph = new OnnxGraph("bert");
  private final RandomWeights random;

  /**
   * @param vocabulary the number of tokens
   * @param positions for how many positions there are embeddings
   * @param length of the text, in tokens, at most {@code positions}
   * @param hidden the width of the residual stream, a multiple of {@code heads}
   * @param heads of each attention
   * @param layers one after the other
   * @param inner the width inside the feed-forward part
   */
  record Size(
      int vocabulary, int positions, int length, int hidden, int heads, int layers, int inner) {
    int headWidth() {
      return hidden / heads;
    }
  }

  private BertBase(Size size, long seed) {
    this.size = size;
    random = new RandomWeights(graph, seed);
  }

  static OnnxGraph graph(Size size, long seed) {
    return new BertBase(size, seed).build();
  }

  private OnnxGraph build() {
    String tokens = graph.input("input_ids", DataType.INT64, 1, size.length());
    String types = graph.input("token_type_ids", DataType.INT64, 1, size.length());
    String mask = graph.input("attention_mask", DataType.INT64, 1, size.length());
    graph.weights("one", new float[] {1});
    graph.weights("half", new float[] {0.5f});
    graph.weights("masked", new float[] {MASKED});
    graph.weights("root_of_two", new float[] {(float) Math.sqrt(2)});
    graph.weights("root_of_head", new float[] {(float) Math.sqrt(size.headWidth())});
    graph.integers64(
        "split_heads", new long[] {1, size.length(), size.heads(), size.headWidth()}, 4);
    graph.integers64("join_heads", new long[] {1, size.length(), size.hidden()}, 3);

    String penalty = penalty(mask);
    String last = embeddings(tokens, types);
    for (int layer = 0; layer < size.layers(); layer++) {
      String name = "encoder.layer." + layer;
      last = attention(name + ".attention", last, penalty);
      last = feedForward(name, last);
    }
    return classified(last);
  }

  private String embeddings(String tokens, String types) {
    String name = "embeddings";
    long[] positions = LongStream.range(0, size.length()).toArray();
    String position = graph.integers64(name + ".position_ids", positions, 1, size.length());
    String word = embedding(name + ".word_embeddings", size.vocabulary(), tokens);
    String type = embedding(name + ".token_type_embeddings", TYPES, types);
    String place = embedding(name + ".position_embeddings", size.positions(), position);
    String sum = add(name + ".add", word, type);
    sum = add(name + ".add_1", sum, place);
    return normalised(name + ".LayerNorm", sum);
  }

  private String embedding(String name, int entries, String indices) {
    String table = random.normal(name + ".weight", 0.05, entries, size.hidden());
    return graph.node(name, "Gather", List.of(table, indices), integer("axis", 0));
  }

  /** 0 for tokens and a large negative number for filling, of the shape [1,1,1,length]. */
  private String penalty(String mask) {
    String axes = graph.integers64("mask.axes", new long[] {1, 2}, 2);
    String spread = graph.node("mask.unsqueeze", "Unsqueeze", List.of(mask, axes));
    String number =
        graph.node("mask.cast", "Cast", List.of(spread), integer("to", DataType.FLOAT.getNumber()));
    String filling = graph.node("mask.sub", "Sub", List.of("one", number));
    return graph.node("mask.mul", "Mul", List.of(filling, "masked"));
  }

  private String attention(String name, String input, String penalty) {
    // Scores of deviation 4 or so: attention that picks, as a trained network's does.
    double sharp = 2;
    String query = heads(name + ".self.query", input, sharp, 0, 2, 1, 3);
    String key = heads(name + ".self.key", input, sharp, 0, 2, 3, 1);
    String value = heads(name + ".self.value", input, 1, 0, 2, 1, 3);
    String scores = graph.node(name + ".scores", "MatMul", List.of(query, key));
    scores = graph.node(name + ".scaled", "Div", List.of(scores, "root_of_head"));
    scores = add(name + ".masked", scores, penalty);
    String shares = graph.node(name + ".softmax", "Softmax", List.of(scores), integer("axis", -1));
    String mixed = graph.node(name + ".context", "MatMul", List.of(shares, value));
    mixed =
        graph.node(name + ".transpose", "Transpose", List.of(mixed), integers("perm", 0, 2, 1, 3));
    mixed = graph.node(name + ".reshape", "Reshape", List.of(mixed, "join_heads"));
    String out = linear(name + ".output.dense", mixed, size.hidden(), size.hidden(), 0.4);
    String sum = add(name + ".output.add", out, input);
    return normalised(name + ".output.LayerNorm", sum);
  }

  private String heads(String name, String input, double deviation, long... order) {
    String all = linear(name, input, size.hidden(), size.hidden(), deviation);
    String split = graph.node(name + ".reshape", "Reshape", List.of(all, "split_heads"));
    return graph.node(name + ".transpose", "Transpose", List.of(split), integers("perm", order));
  }

  private String feedForward(String name, String input) {
    String wide = linear(name + ".intermediate.dense", input, size.hidden(), size.inner(), 1);
    String bent = gelu(name + ".intermediate.gelu", wide);
    String narrow = linear(name + ".output.dense", bent, size.inner(), size.hidden(), 1);
    return normalised(name + ".output.LayerNorm", add(name + ".output.add", narrow, input));
  }

  /** x/2 · (1 + erf(x/√2)), in the order of PyTorch's export. */
  private String gelu(String name, String input) {
    String scaled = graph.node(name + ".div", "Div", List.of(input, "root_of_two"));
    String error = graph.node(name + ".erf", "Erf", List.of(scaled));
    String share = add(name + ".add", error, "one");
    String product = graph.node(name + ".mul", "Mul", List.of(input, share));
    return graph.node(name + ".mul_1", "Mul", List.of(product, "half"));
  }

  private OnnxGraph classified(String hidden) {
    String first = graph.integers64("pooler.first", new long[] {0});
    String token =
        graph.node("pooler.gather", "Gather", List.of(hidden, first), integer("axis", 1));
    String dense = gemm("pooler.dense", token, size.hidden());
    String pooled = graph.node("pooled_output", "Tanh", List.of(dense));
    graph.output(pooled, DataType.FLOAT, 1, size.hidden());
    graph.output(gemm("logits", pooled, CLASSES), DataType.FLOAT, 1, CLASSES);
    return graph;
  }

  private String gemm(String name, String input, int outputs) {
    double deviation = 1 / Math.sqrt(size.hidden());
    String weight = random.normal(name + ".weight", deviation, outputs, size.hidden());
    String bias = random.between(name + ".bias", -0.1, 0.1, outputs);
    return graph.node(name, "Gemm", List.of(input, weight, bias), integer("transB", 1));
  }

  /**
   * @param deviation of what comes out, if what goes in has mean square 1
   */
  private String linear(String name, String input, int inputs, int outputs, double deviation) {
    String weight = random.normal(name + ".weight", deviation / Math.sqrt(inputs), inputs, outputs);
    String bias = random.between(name + ".bias", -0.1, 0.1, outputs);
    String product = graph.node(name + ".matmul", "MatMul", List.of(input, weight));
    return add(name, bias, product);
  }

  private String normalised(String name, String input) {
    String scale = random.between(name + ".weight", 0.8, 1.2, size.hidden());
    String shift = random.between(name + ".bias", -0.2, 0.2, size.hidden());
    return graph.node(
        name,
        "LayerNormalization",
        List.of(input, scale, shift),
        integer("axis", -1),
        decimal("epsilon", 1e-12f));
  }

  private String add(String name, String left, String right) {
    return graph.node(name, "Add", List.of(left, right));
  }
}
