package ai.opengradient.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains both models and writes, into the folder given, NAME.onnx, inputs to try it with and
 * report.json.
 */
public final class TrainModels {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TrainModels() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      System.err.println("usage: TrainModels FOLDER");
      System.exit(2);
    }
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Map<String, Object> report = new LinkedHashMap<>();
    for (TrainedModel model : List.of(VolatilityRegressor.train(), DigitClassifier.train())) {
      report.put(model.name(), write(model, folder));
    }
    String text = JSON.writeValueAsString(report) + "\n";
    Files.writeString(folder.resolve("report.json"), text);
    System.out.print(text);
  }

  private static Map<String, Object> write(TrainedModel model, Path folder) throws IOException {
    Files.write(folder.resolve(model.name() + ".onnx"), model.onnx());
    Map<String, Number> truths = new LinkedHashMap<>();
    for (TrainedModel.Example example : model.examples()) {
      String file = model.name() + ".example" + (truths.size() + 1) + ".json";
      Files.writeString(
          folder.resolve(file), new ObjectMapper().writeValueAsString(example.input()) + "\n");
      truths.put(file, example.truth());
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("parameters", model.parameters());
    report.put("bytes", model.onnx().length);
    report.put("sha256", sha256(model.onnx()));
    report.put("heldOut", model.scores());
    report.put("examples", truths);
    return report;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
