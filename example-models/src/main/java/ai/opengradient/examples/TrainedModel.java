package ai.opengradient.examples;

import java.util.List;
import java.util.Map;

/**
 * What training gives.
 *
 * @param name of the model and of its files
 * @param onnx the ONNX file
 * @param parameters numbers that were learnt
 * @param scores what was measured on data kept from training, by name
 * @param examples inputs from that data
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record TrainedModel(
    String name, byte[] onnx, int parameters, Map<String, Double> scores, List<Example> examples) {

  /**
   * One input and what the model should make of it.
   *
   * @param input its elements as nested lists, the outermost dimension first
   * @param truth what the generated data says is right: a digit, a volatility
   */
  public record Example(List<?> input, Number truth) {}
}
