package ai.opengradient.examples;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small convolutional network that reads digits. Input {@code image}: uint8 [1,1,16,16], 0 paper
 * to 255 ink; output {@code logits}: float32 [1,10], the greatest is the digit.
 */
public final class DigitClassifier {
  private static final int SEED = 16;
  private static final int TRAINING = 6000;
  private static final int HELD_OUT = 2000;
  private static final int EPOCHS = 5;
  private static final int BATCH = 32;
  private static final int EXAMPLES = 3;
  private static final float SCALE = 1f / 255;

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Sample(byte[] pixels, int digit) {}

  private DigitClassifier() {}

  /** Draws the data, trains, measures and exports: always the same bytes. */
  public static TrainedModel train() {
    Random random = new Random(SEED);
    List<Sample> training = draw(random, TRAINING);
    List<Sample> heldOut = draw(random, HELD_OUT);
    Network network =
        new Network(
            List.of(
                new Convolution(random, 1, 8, Digits.SIZE),
                new Relu(),
                new MaxPooling(8, Digits.SIZE),
                new Convolution(random, 8, 16, Digits.SIZE / 2),
                new Relu(),
                new MaxPooling(16, Digits.SIZE / 2),
                new Dense(random, 16 * Digits.SIZE * Digits.SIZE / 16, Digits.CLASSES)));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      learn(network, training, 0.003f / (1 + epoch));
    }
    return new TrainedModel(
        "digits",
        export(network),
        network.parameterCount(),
        Map.of("accuracy", accuracy(network, heldOut)),
        heldOut.subList(0, EXAMPLES).stream().map(DigitClassifier::example).toList());
  }

  /** Every digit as often as the others, in turn. */
  private static List<Sample> draw(Random random, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int digit = index % Digits.CLASSES;
      samples.add(new Sample(Digits.draw(digit, random), digit));
    }
    return samples;
  }

  private static void learn(Network network, List<Sample> samples, float rate) {
    for (int index = 0; index < samples.size(); index++) {
      Sample sample = samples.get(index);
      float[] gradient = softmax(network.forward(input(sample)));
      gradient[sample.digit] -= 1;
      network.backward(gradient);
      if ((index + 1) % BATCH == 0) {
        network.step(rate, BATCH);
      }
    }
  }

  private static float[] input(Sample sample) {
    float[] input = new float[sample.pixels.length];
    for (int at = 0; at < input.length; at++) {
      input[at] = (sample.pixels[at] & 0xff) * SCALE;
    }
    return input;
  }

  private static float[] softmax(float[] logits) {
    float greatest = logits[greatest(logits)];
    float[] shares = new float[logits.length];
    float sum = 0;
    for (int at = 0; at < logits.length; at++) {
      shares[at] = (float) StrictMath.exp(logits[at] - greatest);
      sum += shares[at];
    }
    for (int at = 0; at < logits.length; at++) {
      shares[at] /= sum;
    }
    return shares;
  }

  private static double accuracy(Network network, List<Sample> samples) {
    long right =
        samples.stream()
            .filter(sample -> greatest(network.forward(input(sample))) == sample.digit)
            .count();
    return (double) right / samples.size();
  }

  private static int greatest(float[] values) {
    int best = 0;
    for (int at = 1; at < values.length; at++) {
      best = values[at] > values[best] ? at : best;
    }
    return best;
  }

  private static byte[] export(Network network) {
    OnnxGraph graph = new OnnxGraph("digits");
    String image = graph.input("image", DataType.UINT8, 1, 1, Digits.SIZE, Digits.SIZE);
    String pixels =
        graph.node(
            "pixels", "Cast", List.of(image), OnnxGraph.integer("to", DataType.FLOAT.getNumber()));
    String scale = graph.weights("scale", new float[] {SCALE}, 1);
    String ink = graph.node("ink", "Mul", List.of(pixels, scale));
    graph.node("logits", "Identity", List.of(network.export(graph, ink)));
    graph.output("logits", DataType.FLOAT, 1, Digits.CLASSES);
    return graph.toBytes();
  }

  private static TrainedModel.Example example(Sample sample) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int y = 0; y < Digits.SIZE; y++) {
      List<Integer> row = new ArrayList<>();
      for (int x = 0; x < Digits.SIZE; x++) {
        row.add(sample.pixels[y * Digits.SIZE + x] & 0xff);
      }
      rows.add(row);
    }
    return new TrainedModel.Example(List.of(List.of(rows)), sample.digit);
  }
}
