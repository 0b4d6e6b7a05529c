package ai.opengradient.canon.published;

import ai.opengradient.canon.published.PublishedVector.Operation;
import ai.opengradient.canon.tensor.Float32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads IBM FPgen's test suite for IEEE 754R, of which a line looks like {@code b32+ =0 x
 * +1.01FD72P-118 +Zero -> +1.01FD72P-118 x}: operation, rounding, trapped exceptions, operands,
 * result, exceptions.
 */
final class FPgen {
  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "b32+", Operation.ADD,
          "b32-", Operation.SUBTRACT,
          "b32*", Operation.MULTIPLY,
          "b32/", Operation.DIVIDE,
          "b32*+", Operation.MULTIPLY_ADD,
          "b32V", Operation.SQUARE_ROOT,
          "b32>C", Operation.MAXIMUM,
          "b32<C", Operation.MINIMUM,
          "b32A", Operation.ABSOLUTE,
          "b32~", Operation.NEGATE);

  private static final Pattern LINE =
      Pattern.compile("(b32\\S+) (\\S+) (?:([xuozi]+) )?(.*) -> (\\S+)(?: [xuozi]*)?");
  private static final Pattern NUMBER = Pattern.compile("([+-])([01])\\.([0-9A-F]{6})P(-?\\d+)");
  private static final String TO_NEAREST = "=0";
  private static final String TRAPPED = "#";
  private static final int SIGN = 0x80000000;

  private FPgen() {}

  /**
   * The vector in a line; nothing if it is of another format, operation or rounding, if a trap
   * takes the result's place or scales it, or if it asks for the greater of a number and a NaN,
   * where the suite wants the number and the canon the NaN.
   */
  static Optional<PublishedVector> read(String line) {
    Matcher fields = LINE.matcher(line.trim());
    if (!fields.matches()) {
      return Optional.empty();
    }
    Operation operation = OPERATIONS.get(fields.group(1));
    String traps = fields.group(3) == null ? "" : fields.group(3);
    boolean isScaled = traps.contains("o") || traps.contains("u");
    if (operation == null
        || isScaled
        || !fields.group(2).equals(TO_NEAREST)
        || fields.group(5).equals(TRAPPED)) {
      return Optional.empty();
    }
    List<Long> operands = new ArrayList<>();
    for (String operand : fields.group(4).trim().split(" +", -1)) {
      operands.add((long) bits(operand));
    }
    boolean isExtreme = operation == Operation.MAXIMUM || operation == Operation.MINIMUM;
    if (isExtreme && operands.contains((long) Float32.NAN)) {
      return Optional.empty();
    }
    return Optional.of(new PublishedVector(operation, operands, bits(fields.group(5))));
  }

  private static int bits(String text) {
    return switch (text) {
      case "+Zero" -> 0;
      case "-Zero" -> SIGN;
      case "+Inf" -> Float32.INFINITY;
      case "-Inf" -> Float32.NEGATIVE_INFINITY;
      case "Q", "S" -> Float32.NAN;
      default -> numberBits(text);
    };
  }

  private static int numberBits(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      throw new IllegalArgumentException("not a float32 in FPgen's notation: " + text);
    }
    int sign = number.group(1).equals("-") ? SIGN : 0;
    int exponent = number.group(2).equals("0") ? 0 : Integer.parseInt(number.group(4)) + 127;
    return sign | (exponent << 23) | Integer.parseInt(number.group(3), 16);
  }
}
