package ai.opengradient.examples;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Forecasts the volatility of an asset's next return from its last 32 returns. Input {@code
 * returns}: float32 [1,32], fractions of the price, the latest last; output {@code volatility}:
 * float32 [1,1], the next return's standard deviation, above zero.
 *
 * <p>The network sees returns relative to their own root mean square and answers with a factor on
 * it: returns twice as large give a volatility twice as large.
 */
public final class VolatilityRegressor {
  private static final int SEED = 32;
  private static final int TRAINING_ASSETS = 1500;
  private static final int HELD_OUT_ASSETS = 300;
  private static final int EPOCHS = 12;
  private static final int BATCH = 64;
  private static final int EXAMPLES = 3;

  /** Keeps a silent market from a division by zero: (0.001 %)². */
  private static final float LEAST_MEAN_SQUARE = 1e-10f;

  /** The decay of J. P. Morgan's RiskMetrics (1996) for daily returns. */
  private static final double RISK_METRICS_DECAY = 0.94;

  private VolatilityRegressor() {}

  /** Makes the data, trains, measures and exports: always the same bytes. */
  public static TrainedModel train() {
    Random random = new Random(SEED);
    List<Market.Window> training = Market.windows(random, TRAINING_ASSETS);
    List<Market.Window> heldOut = Market.windows(random, HELD_OUT_ASSETS);
    Network network =
        new Network(
            List.of(
                new Dense(random, 2 * Market.WINDOW, 24),
                new Relu(),
                new Dense(random, 24, 12),
                new Relu(),
                new Dense(random, 12, 1)));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      learn(network, training, 0.002f / (1 + epoch));
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("error", error(heldOut, window -> forecast(network, window)));
    scores.put("errorOfRiskMetrics", error(heldOut, VolatilityRegressor::riskMetrics));
    scores.put("errorOfRollingDeviation", error(heldOut, VolatilityRegressor::scale));
    return new TrainedModel(
        "volatility",
        export(network),
        network.parameterCount(),
        scores,
        heldOut.subList(0, EXAMPLES).stream().map(VolatilityRegressor::example).toList());
  }

  private static void learn(Network network, List<Market.Window> windows, float rate) {
    for (int index = 0; index < windows.size(); index++) {
      Market.Window window = windows.get(index);
      float target = (float) StrictMath.log(window.volatility() / scale(window));
      float answer = network.forward(features(window))[0];
      network.backward(new float[] {answer - target});
      if ((index + 1) % BATCH == 0) {
        network.step(rate, BATCH);
      }
    }
  }

  /** Root mean square of ln(forecast / truth): 0.2 is about 20 % off. */
  private static double error(
      List<Market.Window> windows, ToDoubleFunction<Market.Window> forecast) {
    double sum = 0;
    for (Market.Window window : windows) {
      double off = StrictMath.log(forecast.applyAsDouble(window) / window.volatility());
      sum += off * off;
    }
    return StrictMath.sqrt(sum / windows.size());
  }

  private static double forecast(Network network, Market.Window window) {
    return scale(window) * StrictMath.exp(network.forward(features(window))[0]);
  }

  private static double riskMetrics(Market.Window window) {
    double variance = 0;
    double weights = 0;
    for (float change : window.returns()) {
      variance = RISK_METRICS_DECAY * variance + (1 - RISK_METRICS_DECAY) * change * change;
      weights = RISK_METRICS_DECAY * weights + (1 - RISK_METRICS_DECAY);
    }
    return StrictMath.sqrt(variance / weights);
  }

  private static float scale(Market.Window window) {
    float sum = 0;
    for (float change : window.returns()) {
      sum += change * change;
    }
    return (float) Math.sqrt(sum / Market.WINDOW + LEAST_MEAN_SQUARE);
  }

  /**
   * What the graph computes before the first layer: size of each return, then its sign and size.
   */
  private static float[] features(Market.Window window) {
    float scale = scale(window);
    float[] features = new float[2 * Market.WINDOW];
    for (int at = 0; at < Market.WINDOW; at++) {
      float relative = window.returns()[at] / scale;
      features[at] = (float) StrictMath.log(relative * relative + 1);
      features[Market.WINDOW + at] = relative;
    }
    return features;
  }

  private static byte[] export(Network network) {
    OnnxGraph graph = new OnnxGraph("volatility");
    String returns = graph.input("returns", DataType.FLOAT, 1, Market.WINDOW);
    String least = graph.weights("least", new float[] {LEAST_MEAN_SQUARE}, 1);
    String one = graph.weights("one", new float[] {1}, 1);
    String squares = graph.node("squares", "Mul", List.of(returns, returns));
    String mean = graph.node("mean", "ReduceMean", List.of(squares), OnnxGraph.integers("axes", 1));
    String meanSquare = graph.node("meanSquare", "Add", List.of(mean, least));
    String scale = graph.node("scale", "Sqrt", List.of(meanSquare));
    String relative = graph.node("relative", "Div", List.of(returns, scale));
    String relativeSquares = graph.node("relativeSquares", "Mul", List.of(relative, relative));
    String above = graph.node("above", "Add", List.of(relativeSquares, one));
    String size = graph.node("size", "Log", List.of(above));
    String features =
        graph.node("features", "Concat", List.of(size, relative), OnnxGraph.integer("axis", 1));
    String factor = graph.node("factor", "Exp", List.of(network.export(graph, features)));
    graph.node("volatility", "Mul", List.of(scale, factor));
    graph.output("volatility", DataType.FLOAT, 1, 1);
    return graph.toBytes();
  }

  private static TrainedModel.Example example(Market.Window window) {
    List<Float> values = new ArrayList<>();
    for (float change : window.returns()) {
      values.add(change);
    }
    return new TrainedModel.Example(List.of(values), window.volatility());
  }
}
