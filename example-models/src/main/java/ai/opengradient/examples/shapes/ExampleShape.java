package ai.opengradient.examples.shapes;

import ai.opengradient.examples.OnnxGraph;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;

/** The networks that can be written, with their names on the command line. */
public enum ExampleShape {
  /** ResNet-50 at 224×224, 102 MB. */
  RESNET_50("resnet50", ResNet50::graph),
  /** BERT-base at 128 tokens, 438 MB. */
  BERT_BASE("bert-base", seed -> BertBase.graph(BertBase.BASE, seed)),
  /** A residual network on uint8 and int8 at 64×64. */
  QUANTISED_CNN("quantised-cnn", QuantisedCnn::graph),
  /** Two layers of LSTM over any number of steps. */
  LSTM("lstm", LstmForecaster::graph),
  /** One matrix product, 768×768×3072. */
  GEMM("gemm", SingleOperators::matrixProduct),
  /** One convolution, 3×3 over 256 channels to 256, at 28×28. */
  CONVOLUTION("conv", SingleOperators::convolution);

  /** The seed of the files that the project measures. */
  public static final long USUAL_SEED = 20261128;

  private final String id;
  private final LongFunction<OnnxGraph> graph;

  ExampleShape(String id, LongFunction<OnnxGraph> graph) {
    this.id = id;
    this.graph = graph;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** The network with the weights of a seed; the weights are drawn when it is written. */
  public OnnxGraph graph(long seed) {
    return graph.apply(seed);
  }

  /** The network of that name. */
  static Optional<ExampleShape> named(String id) {
    return Arrays.stream(values()).filter(shape -> shape.id.equals(id)).findFirst();
  }
}
