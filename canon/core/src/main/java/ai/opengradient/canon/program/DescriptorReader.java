package ai.opengradient.canon.program;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Parses a descriptor, field by field as section 7 of {@code docs/canon.md} lists them. */
final class DescriptorReader {
  private static final UnaryFunction[] FUNCTIONS = UnaryFunction.values();
  private static final Operation[] OPERATIONS = Operation.values();
  private static final Reduction[] REDUCTIONS = Reduction.values();

  private final ByteReader bytes;

  private DescriptorReader(byte[] descriptor) {
    bytes = new ByteReader(descriptor);
  }

  static Node read(byte[] descriptor) {
    ProgramException.requireCount("bytes of a descriptor", descriptor.length, 0, Caps.DESCRIPTOR);
    DescriptorReader reader = new DescriptorReader(descriptor);
    Node node = reader.node();
    reader.bytes.requireEnd();
    return node;
  }

  private Node node() {
    int kind = bytes.u8();
    if (kind < Codes.INPUT || kind > Codes.GATHER) {
      throw ByteReader.unknown("kind of node", kind);
    }
    DataType dataType = bytes.dataType();
    return switch (kind) {
      case Codes.INPUT -> new Node.Input(dataType, count(), bytes.u8());
      case Codes.WEIGHT -> new Node.Weight(dataType, count(), Hash.of(bytes.bytes(Hash.LENGTH)));
      case Codes.CLAIM -> new Node.Claim(dataType, count(), bytes.u8());
      case Codes.MAP ->
          new Node.Map(
              dataType, space(), bytes.list("slots", Caps.SLOTS, this::slot), expression());
      case Codes.FOLD -> fold(dataType);
      default -> new Node.Gather(dataType, space(), typedOperand(), operand(dataType), bytes.u8());
    };
  }

  private Node.Fold fold(DataType dataType) {
    Reduction reduction = reduction(bytes.u8());
    Space space = space();
    Space terms = space();
    List<Operand> factors = new ArrayList<>();
    factors.add(typedOperand());
    Optional<Operand> addend = Optional.empty();
    if (reduction == Reduction.DOT) {
      factors.add(typedOperand());
      addend = bytes.list("addends", 1, this::typedOperand).stream().findFirst();
    }
    return new Node.Fold(dataType, reduction, space, terms, factors, addend);
  }

  private int count() {
    return bytes.count("elements", 1, Integer.MAX_VALUE);
  }

  private int extent() {
    return bytes.count("extent", 1, Integer.MAX_VALUE);
  }

  private Space space() {
    return new Space(bytes.list("rank", Caps.RANK, this::extent));
  }

  private Operand typedOperand() {
    return operand(bytes.dataType());
  }

  private Operand operand(DataType dataType) {
    // Beyond all positions is as good as this one: no program has such a node.
    int node = (int) Math.min(bytes.u32(), Caps.NODES);
    return new Operand(node, dataType, new View(bytes.list("rank", Caps.RANK, this::axis)));
  }

  private View.Axis axis() {
    int extent = extent();
    int offset = bytes.i32();
    int divisor = bytes.count("divisor", 1, Integer.MAX_VALUE);
    return new View.Axis(
        extent,
        offset,
        divisor,
        bytes.list(
            "terms of an index map", 2 * Caps.RANK, () -> new View.Term(bytes.u8(), bytes.i32())));
  }

  private Slot slot() {
    DataType dataType = bytes.dataType();
    long pad = bytes.element(dataType);
    return new Slot(
        dataType, pad, bytes.list("alternatives", Caps.OPERANDS, () -> operand(dataType)));
  }

  private Expression expression() {
    return new Expression(bytes.list("primitives", Caps.PRIMITIVES, this::primitive));
  }

  private Primitive primitive() {
    int code = bytes.u8();
    return switch (code) {
      case Codes.CONST -> {
        DataType dataType = bytes.dataType();
        yield new Primitive.Constant(dataType, bytes.element(dataType));
      }
      case Codes.INDEX -> new Primitive.Index(bytes.u8());
      case Codes.CAST -> new Primitive.Cast(bytes.dataType(), bytes.u8());
      case Codes.WITHIN -> new Primitive.Within(bytes.u8(), bytes.u8(), band());
      default -> functionOrOperation(code);
    };
  }

  private Band band() {
    int absolute = bytes.i32();
    int relative = bytes.i32();
    if (!Band.isValid(absolute, relative)) {
      throw new ProgramException(
          Fault.OUT_OF_RANGE, "a band needs finite 0 ≤ atol and 0 ≤ rtol < 1, and no −0");
    }
    return new Band(absolute, relative);
  }

  private Primitive functionOrOperation(int code) {
    Optional<UnaryFunction> function = coded(FUNCTIONS, UnaryFunction::code, code);
    if (function.isPresent()) {
      return new Primitive.Function(function.get(), bytes.u8());
    }
    Operation operation =
        coded(OPERATIONS, Operation::code, code)
            .orElseThrow(() -> ByteReader.unknown("primitive", code));
    List<Integer> registers = new ArrayList<>();
    for (int operand = 0; operand < operation.operands(); operand++) {
      registers.add(bytes.u8());
    }
    return new Primitive.Apply(operation, registers);
  }

  private static Reduction reduction(int code) {
    return coded(REDUCTIONS, Reduction::code, code)
        .orElseThrow(() -> ByteReader.unknown("fold", code));
  }

  private static <T> Optional<T> coded(T[] all, ToIntFunction<T> codeOf, int code) {
    for (T one : all) {
      if (codeOf.applyAsInt(one) == code) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
