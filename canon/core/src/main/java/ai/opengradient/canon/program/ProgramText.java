package ai.opengradient.canon.program;

import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A program for people: one line a node, each with the name of what it came from.
 *
 * <pre>
 * %3 = dot float32[2, 3] over [4]: %0{2, 4}[x0, y0] · %1{3, 4}[x1, y0] + %2{3}[x1]     # Gemm dense1
 * %4 = map float32[2, 3]: a = %3{2, 3}[x0, x1] or 0.0; b = 0.0; max(a, b)              # Relu relu1
 * </pre>
 *
 * <p>{@code %0{2, 4}[x0, y0]} is node 0's tensor looked at as a box of 2 by 4, at the element's
 * first coordinate and the term's first. The alternatives of a slot are joined by "or"; the last is
 * the pad.
 */
public final class ProgramText {
  private static final int ROOT_DIGITS = 10;

  /** Origins stand below each other unless a line is longer. */
  private static final int COLUMNS = 110;

  /** Characters of an origin that are shown. */
  private static final int NAME = 200;

  private ProgramText() {}

  /**
   * The text, its lines ended by newlines.
   *
   * @param origins by position, what each node came from; any characters
   * @throws IllegalArgumentException if there are more or fewer than nodes
   */
  public static String of(Program program, List<String> origins) {
    List<Node> nodes = program.nodes();
    if (origins.size() != nodes.size()) {
      throw new IllegalArgumentException(
          nodes.size() + " nodes take as many origins, not " + origins.size());
    }
    List<String> lines = new ArrayList<>();
    for (int position = 0; position < nodes.size(); position++) {
      lines.add("%" + position + " = " + line(nodes.get(position)));
    }
    int width = Math.min(COLUMNS, lines.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder text = new StringBuilder();
    text.append("program, spec version ").append(Caps.SPEC_VERSION).append('\n');
    for (int position = 0; position < nodes.size(); position++) {
      String line = lines.get(position);
      text.append(line)
          .append(" ".repeat(Math.max(0, width - line.length())))
          .append("  # ")
          .append(printable(origins.get(position)))
          .append('\n');
    }
    return text.append("outputs ")
        .append(joined(program.outputs(), output -> "%" + output))
        .append('\n')
        .toString();
  }

  static String line(Node node) {
    return switch (node) {
      case Node.Input input -> "input " + input.input() + " " + given(input);
      case Node.Claim claim -> "claim " + claim.output() + " " + given(claim);
      case Node.Weight weight ->
          "weight "
              + given(weight)
              + " "
              + weight.root().toString().substring(0, ROOT_DIGITS)
              + "…";
      case Node.Map map -> "map " + type(map) + ": " + statements(map);
      case Node.Fold fold -> fold(fold);
      case Node.Gather gather ->
          "gather "
              + type(gather)
              + ": "
              + operand(gather.data(), gather.space().rank(), gather.axis())
              + " at "
              + operand(gather.indices(), gather.space().rank());
    };
  }

  private static String given(Node.Given node) {
    return node.dataType().label() + "[" + node.count() + "]";
  }

  private static String type(Node.Computed node) {
    return node.dataType().label() + node.space();
  }

  private static String fold(Node.Fold fold) {
    int rank = fold.space().rank();
    Function<Operand, String> text = operand -> operand(operand, rank);
    return lower(fold.reduction())
        + " "
        + type(fold)
        + " over "
        + fold.terms()
        + ": "
        + fold.factors().stream().map(text).collect(Collectors.joining(" · "))
        + fold.addend().map(text).map(addend -> " + " + addend).orElse("");
  }

  private static String statements(Node.Map map) {
    StringJoiner statements = new StringJoiner("; ");
    List<Primitive> primitives = map.expression().primitives();
    int register = 0;
    for (Slot slot : map.slots()) {
      String value = slot(slot, map.space().rank());
      boolean isLast = primitives.isEmpty() && register == map.slots().size() - 1;
      statements.add(isLast ? value : name(register) + " = " + value);
      register++;
    }
    for (int at = 0; at < primitives.size(); at++) {
      String value = primitive(primitives.get(at));
      statements.add(at == primitives.size() - 1 ? value : name(register) + " = " + value);
      register++;
    }
    return statements.toString();
  }

  private static String slot(Slot slot, int rank) {
    return joined(slot.alternatives(), alternative -> operand(alternative, rank), " or ")
        + " or "
        + element(slot.dataType(), slot.pad());
  }

  private static String primitive(Primitive primitive) {
    return switch (primitive) {
      case Primitive.Constant constant -> element(constant.dataType(), constant.element());
      case Primitive.Index index -> "int64(x" + index.axis() + ")";
      case Primitive.Cast cast -> cast.dataType().label() + "(" + name(cast.register()) + ")";
      case Primitive.Within within ->
          "within("
              + joined(within.registers(), ProgramText::name)
              + ", "
              + element(DataType.FLOAT32, within.band().absolute())
              + ", "
              + element(DataType.FLOAT32, within.band().relative())
              + ")";
      case Primitive.Function function ->
          function.function().label() + "(" + name(function.register()) + ")";
      case Primitive.Apply apply ->
          lower(apply.operation()) + "(" + joined(apply.registers(), ProgramText::name) + ")";
    };
  }

  private static String operand(Operand operand, int rank) {
    return operand(operand, rank, -1);
  }

  private static String operand(Operand operand, int rank, int gatheredAxis) {
    List<View.Axis> axes = operand.view().axes();
    StringJoiner coordinates = new StringJoiner(", ", "[", "]");
    for (int axis = 0; axis < axes.size(); axis++) {
      coordinates.add(axis == gatheredAxis ? "index" : coordinate(axes.get(axis), rank));
    }
    return "%"
        + operand.node()
        + "{"
        + joined(axes, axis -> Integer.toString(axis.extent()))
        + "}"
        + coordinates;
  }

  private static String coordinate(View.Axis axis, int rank) {
    StringBuilder sum = new StringBuilder();
    for (View.Term term : axis.terms()) {
      String variable = term.axis() < rank ? "x" + term.axis() : "y" + (term.axis() - rank);
      boolean isOne = Math.abs((long) term.coefficient()) == 1;
      sum.append(sign(term.coefficient(), sum.isEmpty()))
          .append(isOne ? "" : Math.abs((long) term.coefficient()) + "·")
          .append(variable);
    }
    if (axis.offset() != 0 || sum.isEmpty()) {
      sum.append(sign(axis.offset(), sum.isEmpty())).append(Math.abs((long) axis.offset()));
    }
    return axis.divisor() == 1 ? sum.toString() : "⌊(" + sum + ")/" + axis.divisor() + "⌋";
  }

  private static String sign(int number, boolean isFirst) {
    if (isFirst) {
      return number < 0 ? "−" : "";
    }
    return number < 0 ? " − " : " + ";
  }

  /** a to z, then r26 and so on. */
  private static String name(int register) {
    return register < 26 ? String.valueOf((char) ('a' + register)) : "r" + register;
  }

  private static String element(DataType type, long element) {
    return switch (type) {
      case FLOAT32 -> Float.toString(Float.intBitsToFloat((int) element));
      case BOOL -> element == 0 ? "false" : "true";
      case UINT8, INT8, INT32, INT64 -> Long.toString(element);
    };
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private static <T> String joined(List<T> list, Function<T, String> text) {
    return joined(list, text, ", ");
  }

  private static <T> String joined(List<T> list, Function<T, String> text, String separator) {
    return list.stream().map(text).collect(Collectors.joining(separator));
  }

  /** A stranger's name can't break a line, move the cursor or go on for pages. */
  private static String printable(String name) {
    String shown =
        name.codePoints()
            .limit(NAME)
            .mapToObj(point ->
                isPlain(point)
                    ? Character.toString(point)
                    : "\\u{" + Integer.toHexString(point) + "}")
            .collect(Collectors.joining());
    return name.codePointCount(0, name.length()) > NAME ? shown + "…" : shown;
  }

  private static boolean isPlain(int point) {
    if (point == '\\') {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
