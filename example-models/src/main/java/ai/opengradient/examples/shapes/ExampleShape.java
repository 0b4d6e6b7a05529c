package ai.opengradient.examples.shapes;

import ai.opengradient.examples.OnnxGraph;
import java.util.Arrays;
import java.util.Optional;

/** The networks that can be written, with their names on the command line. */
public enum ExampleShape {
  /** ResNet-50 at 224×224, 102 MB. */
  RESNET_50("resnet50"),
  /** BERT-base at 128 tokens, 438 MB. */
  BERT_BASE("bert-base"),
  /** A residual network on uint8 and int8 at 64×64. */
  QUANTISED_CNN("quantised-cnn"),
  /** Two layers of LSTM over any number of steps. */
  LSTM("lstm"),
  /** One matrix product, 768×768×3072. */
  GEMM("gemm"),
  /** One convolution, 3×3 over 256 channels to 256, at 28×28. */
  CONVOLUTION("conv");

  /** The seed of the files that the project measures. */
  public static final long USUAL_SEED = 20261128;

  private final String id;

  ExampleShape(String id) {
    this.id = id;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** The network with the weights of a seed; the weights are drawn when it is written. */
  public OnnxGraph graph(long seed) {
    return switch (this) {
      case RESNET_50 -> ResNet50.graph(seed);
      case BERT_BASE -> BertBase.graph(BertBase.BASE, seed);
      case QUANTISED_CNN -> QuantisedCnn.graph(seed);
      case LSTM -> LstmForecaster.graph(seed);
      case GEMM -> SingleOperators.matrixProduct(seed);
      case CONVOLUTION -> SingleOperators.convolution(seed);
    };
  }

  /** The network of that name. */
  static Optional<ExampleShape> named(String id) {
    return Arrays.stream(values()).filter(shape -> shape.id.equals(id)).findFirst();
  }
}
