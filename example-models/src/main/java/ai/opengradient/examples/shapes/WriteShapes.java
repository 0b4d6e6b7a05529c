package ai.opengradient.examples.shapes;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes one network as an ONNX file: {@code WriteShapes NAME FILE [--seed NUMBER]}. Exits with 2
 * if it does not understand, with 1 if it can't write.
 */
public final class WriteShapes {
  private static final String SEED = "--seed";

  private WriteShapes() {}

  public static void main(String[] arguments) {
    System.exit(run(System.err, arguments));
  }

  static int run(PrintStream errors, String... arguments) {
    boolean seeded = arguments.length == 4 && arguments[2].equals(SEED);
    if (arguments.length != 2 && !seeded) {
      return refuse(
          errors, "usage: WriteShapes NAME FILE [" + SEED + " NUMBER]; names: " + names());
    }
    Optional<ExampleShape> shape = ExampleShape.named(arguments[0]);
    if (shape.isEmpty()) {
      return refuse(errors, "there is no network \"" + arguments[0] + "\"; names: " + names());
    }
    OptionalLong seed = OptionalLong.of(ExampleShape.USUAL_SEED);
    if (seeded) {
      seed = number(arguments[3]);
    }
    if (seed.isEmpty()) {
      return refuse(errors, "the seed \"" + arguments[3] + "\" is not an integer of 64 bits");
    }
    return write(errors, shape.get(), seed.getAsLong(), Path.of(arguments[1]));
  }

  private static int write(PrintStream errors, ExampleShape shape, long seed, Path file) {
    try {
      shape.graph(seed).writeTo(file);
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
