package ai.opengradient.canon.published;

import ai.opengradient.canon.published.PublishedVector.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what Berkeley's {@code testfloat_gen} writes: operands, result and flags of an operation,
 * in hexadecimal. The file's name says which operation: {@code f32_add}, or with a rounding other
 * than to nearest {@code f32_roundToInt.min}.
 */
final class TestFloat {
  private static final Map<String, Operation> OPERATIONS =
      Map.ofEntries(
          Map.entry("f32_add", Operation.ADD),
          Map.entry("f32_sub", Operation.SUBTRACT),
          Map.entry("f32_mul", Operation.MULTIPLY),
          Map.entry("f32_div", Operation.DIVIDE),
          Map.entry("f32_mulAdd", Operation.MULTIPLY_ADD),
          Map.entry("f32_sqrt", Operation.SQUARE_ROOT),
          Map.entry("f32_eq", Operation.EQUAL),
          Map.entry("f32_lt", Operation.LESS),
          Map.entry("f32_le", Operation.LESS_OR_EQUAL),
          Map.entry("f32_roundToInt", Operation.ROUND_TO_INTEGER),
          Map.entry("f32_roundToInt.min", Operation.FLOOR),
          Map.entry("f32_roundToInt.max", Operation.CEILING),
          Map.entry("f32_to_i32", Operation.ROUND_TO_INT32),
          Map.entry("f32_to_i64", Operation.ROUND_TO_INT64),
          Map.entry("f32_to_i32.minMag", Operation.TRUNCATE_TO_INT32),
          Map.entry("f32_to_i64.minMag", Operation.TRUNCATE_TO_INT64),
          Map.entry("i32_to_f32", Operation.FROM_INTEGER),
          Map.entry("i64_to_f32", Operation.FROM_INTEGER));

  private static final int INVALID = 0x10;

  private TestFloat() {}

  /** The operation that a file of this name is about, if it is one of ours. */
  static Optional<Operation> operation(String fileName) {
    return Optional.ofNullable(OPERATIONS.get(fileName));
  }

  /**
   * The vector in a line; nothing where IEEE 754 leaves the result open: conversions of what does
   * not fit the integer.
   */
  static Optional<PublishedVector> read(Operation operation, String line) {
    String[] fields = line.trim().split(" ", -1);
    List<Long> numbers = new ArrayList<>();
    for (String field : fields) {
      numbers.add(number(field));
    }
    boolean isInvalid = (numbers.getLast() & INVALID) != 0;
    boolean isConversion =
        switch (operation) {
          case ROUND_TO_INT32, ROUND_TO_INT64, TRUNCATE_TO_INT32, TRUNCATE_TO_INT64 -> true;
          default -> false;
        };
    return isInvalid && isConversion
        ? Optional.empty()
        : Optional.of(
            new PublishedVector(
                operation,
                numbers.subList(0, numbers.size() - 2),
                numbers.get(numbers.size() - 2)));
  }

  /** Of eight digits the int with these bits, of sixteen the long. */
  private static long number(String hexadecimal) {
    return hexadecimal.length() <= 8
        ? Integer.parseUnsignedInt(hexadecimal, 16)
        : Long.parseUnsignedLong(hexadecimal, 16);
  }
}
