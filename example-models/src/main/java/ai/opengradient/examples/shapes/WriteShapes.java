package ai.opengradient.examples.shapes;

import ai.opengradient.examples.OnnxGraph;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes one network as an ONNX file: {@code WriteShapes NAME FILE [--data] [--seed NUMBER]}; with
 * {@code --data} its weights are in {@code FILE.data}. Exits with 2 if it does not understand, with
 * 1 if it can't write.
 */
public final class WriteShapes {
  private static final String SEED = "--seed";
  private static final String DATA = "--data";

  private WriteShapes() {}

  public static void main(String[] arguments) {
    System.exit(run(System.err, arguments));
  }

  static int run(PrintStream errors, String... arguments) {
    List<String> options = new ArrayList<>(List.of(arguments));
    boolean apart = options.remove(DATA);
    boolean seeded = options.size() == 4 && options.get(2).equals(SEED);
    if (options.size() != 2 && !seeded) {
      return refuse(
          errors,
          "usage: WriteShapes NAME FILE [" + DATA + "] [" + SEED + " NUMBER]; names: " + names());
    }
    Optional<ExampleShape> shape = ExampleShape.named(options.get(0));
    if (shape.isEmpty()) {
      return refuse(errors, "there is no network \"" + options.get(0) + "\"; names: " + names());
    }
    OptionalLong seed = OptionalLong.of(ExampleShape.USUAL_SEED);
    if (seeded) {
      seed = number(options.get(3));
    }
    if (seed.isEmpty()) {
      return refuse(errors, "the seed \"" + options.get(3) + "\" is not an integer of 64 bits");
    }
    return write(errors, shape.get().graph(seed.getAsLong()), Path.of(options.get(1)), apart);
  }

  private static int write(PrintStream errors, OnnxGraph graph, Path file, boolean apart) {
    try {
      if (apart) {
        graph.writeTo(file, file.resolveSibling(file.getFileName() + ".data"));
      } else {
        graph.writeTo(file);
      }
      return 0;
    } catch (IOException e) {
      errors.println("can't write " + file + ": " + e + "; name a file that can be written");
      return 1;
    }
  }

  private static int refuse(PrintStream errors, String reason) {
    errors.println(reason);
    return 2;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static String names() {
    return Arrays.stream(ExampleShape.values())
        .map(ExampleShape::id)
        .collect(Collectors.joining(", "));
  }
}
