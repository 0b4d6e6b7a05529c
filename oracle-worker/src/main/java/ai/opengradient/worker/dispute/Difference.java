package ai.opengradient.worker.dispute;

import ai.opengradient.canon.tensor.DataType;
import java.util.List;
import java.util.Locale;

/** Where a claim is wrong first. */
public sealed interface Difference {
  /** The output's number. */
  int output();

  /** The position of the node that defines the output. */
  int node();

  /**
   * For people, such as {@code node 42 (Conv_17), element 1,003: 0.71 instead of 0.7}.
   *
   * @param origins by position, what each node of the program came from
   */
  String text(List<String> origins);

  /** For people who don't have the program at hand. */
  String text();

  /**
   * An element is not within its band.
   *
   * @param dataType of both values
   * @param claimed in canonical form
   * @param exact in canonical form
   */
  record InElement(int output, int node, int element, DataType dataType, long claimed, long exact)
      implements Difference {
    @Override
    public String text(List<String> origins) {
      return String.format(
          Locale.ROOT,
          "node %d (%s), element %,d: %s instead of %s",
          node,
          origins.get(node),
          element,
          value(claimed),
          value(exact));
    }

    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "output %d, element %,d: %s instead of %s",
          output,
          element,
          value(claimed),
          value(exact));
    }

    private String value(long bits) {
      return switch (dataType) {
        case FLOAT32 -> Float.toString(Float.intBitsToFloat((int) bits));
        case BOOL -> Boolean.toString(bits != 0);
        case UINT8, INT8, INT32, INT64 -> Long.toString(bits);
      };
    }
  }

  /** The program's output is not of the claimed type, or void: no claim of it is right. */
  record InType(int output, int node) implements Difference {
    @Override
    public String text(List<String> origins) {
      return String.format(
          Locale.ROOT,
          "node %d (%s) does not define what the model's output %d is: no claim of it is right",
          node,
          origins.get(node),
          output);
    }

    @Override
    public String text() {
      return "the program does not define output %d: no claim of it is right".formatted(output);
    }
  }
}
