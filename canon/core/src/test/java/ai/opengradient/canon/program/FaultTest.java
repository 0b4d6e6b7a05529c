package ai.opengradient.canon.program;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every fault by name, with a message that names the cause. */
class FaultTest {
  private static final Node INPUT = new Node.Input(FLOAT32, 4, 0);
  private static final Space FOUR = Space.of(4);
  private static final Operand WHOLE = new Operand(0, FLOAT32, View.identity(FOUR));

  @Test
  void truncated() {
    byte[] bytes = Descriptor.of(INPUT).bytes();
    for (int length = 0; length < bytes.length; length++) {
      Descriptor cut = Descriptor.of(Arrays.copyOf(bytes, length));
      assertFault(() -> cut.node(0), Fault.TRUNCATED, "end at " + length);
    }
  }

  @Test
  void trailingBytes() {
    byte[] longer = Arrays.copyOf(Descriptor.of(INPUT).bytes(), 8);
    assertFault(
        () -> Descriptor.of(longer).node(0),
        Fault.TRAILING_BYTES,
        "ends at byte 7 of 8; cut off the rest");
    byte[] file = new Program(List.of(INPUT), List.of(0)).encode();
    assertFault(
        () -> Program.decode(Arrays.copyOf(file, file.length + 2)),
        Fault.TRAILING_BYTES,
        "; cut off the rest");
  }

  @Test
  void unknownCode() {
    assertFault(() -> Descriptor.of(new byte[] {7, 1}).node(0), Fault.UNKNOWN_CODE, "code 7");
    assertFault(() -> Descriptor.of(new byte[] {1, 4}).node(0), Fault.UNKNOWN_CODE, "element type");
    byte[] file = new Program(List.of(INPUT), List.of(0)).encode();
    file[0] = 2;
    assertFault(() -> Program.decode(file), Fault.UNKNOWN_CODE, "version 2");
  }

  @Test
  void notCanonical() {
    assertFault(
        () -> new Slot(FLOAT32, Integer.MIN_VALUE, List.of(WHOLE)),
        Fault.NOT_CANONICAL,
        "canonical form of a float32");
    assertFault(() -> new Primitive.Constant(FLOAT32, 0x7fc00001), Fault.NOT_CANONICAL, "7fc00001");
    assertFault(
        () -> new Primitive.Constant(FLOAT32, 0x13f800000L), Fault.NOT_CANONICAL, "13f800000");
    assertFault(() -> new Primitive.Constant(BOOL, 2), Fault.NOT_CANONICAL, "bool");
    assertFault(() -> new Primitive.Constant(UINT8, -1), Fault.NOT_CANONICAL, "uint8");
    assertFault(() -> new View.Term(0, 0), Fault.NOT_CANONICAL, "leave it out");
    assertFault(
        () -> View.Axis.affine(4, 0, new View.Term(1, 1), new View.Term(0, 1)),
        Fault.NOT_CANONICAL,
        "ascend");
    assertFault(
        () -> new Node.Gather(FLOAT32, FOUR, new Operand(0, INT64, View.identity(FOUR)), WHOLE, 0),
        Fault.NOT_CANONICAL,
        "offset 0, divisor 1, no terms");
  }

  @Test
  void outOfRange() {
    assertFault(() -> Space.of(2, 0), Fault.OUT_OF_RANGE, "extent: 0");
    assertFault(() -> Space.of(-1), Fault.OUT_OF_RANGE, "extent: -1");
    assertFault(() -> new View.Axis(1, 0, 0, List.of()), Fault.OUT_OF_RANGE, "divisor: 0");
    assertFault(() -> new Node.Input(FLOAT32, 0, 0), Fault.OUT_OF_RANGE, "elements: 0");
    assertFault(
        () -> new Slot(FLOAT32, 0, List.of()), Fault.OUT_OF_RANGE, "alternatives of a slot: 0");
    assertFault(() -> map(FLOAT32, Expression.IDENTITY), Fault.OUT_OF_RANGE, "registers: 0");
    assertFault(() -> new Program(List.of(INPUT), List.of()), Fault.OUT_OF_RANGE, "outputs: 0");
    assertThatThrownBy(() -> new Band(0x7f800000, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0x7f800000");
  }

  @Test
  void tooMuch() {
    assertFault(
        () -> new Space(Collections.nCopies(9, 1)), Fault.TOO_MUCH, "rank: 9 is not from 0 to 8");
    assertFault(() -> Space.of(1 << 16, 1 << 15), Fault.TOO_MUCH, "2^31 elements");
    assertFault(
        () -> Space.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
        Fault.TOO_MUCH,
        "2^31 elements");
    assertFault(
        () -> new Expression(Collections.nCopies(33, new Primitive.Index(0))),
        Fault.TOO_MUCH,
        "primitives: 33");
    assertFault(() -> sum(Space.of(1 << 20, 1 << 20)), Fault.TOO_MUCH, "2^31 elements");
    assertFault(() -> sum(Space.of(65_537)), Fault.TOO_MUCH, "terms: 65537");
    assertFault(
        () -> new Node.Input(FLOAT32, 1, 16), Fault.TOO_MUCH, "input: 16 is not from 0 to 15");
    assertFault(() -> new Program(List.of(INPUT), List.of(1)), Fault.TOO_MUCH, "output: 1");
    assertFault(
        () -> new Program(List.of(INPUT), Collections.nCopies(17, 0)),
        Fault.TOO_MUCH,
        "outputs: 17");
    assertFault(
        () -> Descriptor.of(new byte[1025]).node(0), Fault.TOO_MUCH, "bytes of a descriptor: 1025");
    assertFault(
        () -> map(FLOAT32, Expression.of(new Primitive.Index(1))), Fault.TOO_MUCH, "axis of INDEX");
    assertFault(
        () ->
            map(
                FLOAT32,
                Expression.IDENTITY,
                new Operand(0, FLOAT32, View.of(View.Axis.along(4, 1)))),
        Fault.TOO_MUCH,
        "axis of an index map: 1");
  }

  @Test
  void tooManyNodes() {
    List<Node> most = Collections.nCopies(65_536, INPUT);
    Program largest = new Program(most, List.of(65_535));
    assertThat(Program.decode(largest.encode())).isEqualTo(largest);
    assertFault(
        () -> VerdictProgram.of(largest, List.of(Band.EXACT)), Fault.TOO_MUCH, "nodes: 65537");
    assertFault(
        () -> new Program(Collections.nCopies(65_537, INPUT), List.of(0)),
        Fault.TOO_MUCH,
        "nodes: 65537");
    assertFault(() -> Descriptor.of(INPUT).node(65_536), Fault.TOO_MUCH, "position: 65536");
    byte[] file = {1, 0, 1, 0, 1};
    assertFault(() -> Program.decode(file), Fault.TOO_MUCH, "nodes: 65537");
  }

  /** A step that reads a leaf for every term costs more than a step may. */
  @Test
  void tooMuchGas() {
    int far = 1 << 20;
    View scattered =
        View.of(View.Axis.affine(1 << 30, 0, new View.Term(1, far), new View.Term(2, 1)));
    assertFault(
        () ->
            new Node.Fold(
                FLOAT32,
                Reduction.SUM,
                FOUR,
                Space.of(1024, 1),
                List.of(new Operand(0, FLOAT32, scattered)),
                Optional.empty()),
        Fault.TOO_MUCH,
        "gas");
  }

  @Test
  void danglingOperand() {
    Node forward = map(FLOAT32, Expression.IDENTITY, new Operand(1, FLOAT32, View.identity(FOUR)));
    assertFault(
        () -> Descriptor.of(forward).node(1),
        Fault.DANGLING_OPERAND,
        "node 1, which is not before");
    byte[] far = Descriptor.of(forward).bytes();
    far[far.length - 24] = -1;
    assertFault(
        () -> Descriptor.of(far).node(1), Fault.DANGLING_OPERAND, "a node that no program has");
    assertFault(
        () -> new Program(List.of(INPUT, forward), List.of(1)),
        Fault.DANGLING_OPERAND,
        "node 1: an operand is node 1");
  }

  @Test
  void registers() {
    assertFault(
        () -> map(FLOAT32, Expression.of(new Primitive.Function(UnaryFunction.EXP, 1)), WHOLE),
        Fault.UNSET_REGISTER,
        "primitive 0 reads register 1, of which only those below 1 are set");
    assertFault(
        () -> map(FLOAT32, Expression.of(new Primitive.Constant(FLOAT32, 0)), WHOLE),
        Fault.UNREAD_REGISTER,
        "nothing reads register 0");
  }

  @Test
  void wrongType() {
    assertFault(
        () -> map(INT32, Expression.IDENTITY, WHOLE),
        Fault.WRONG_TYPE,
        "float32 where int32 belongs");
    assertFault(
        () -> map(FLOAT32, Expression.of(Primitive.apply(Operation.MOD, 0, 0)), WHOLE),
        Fault.WRONG_TYPE,
        "MOD takes no operands of [float32, float32]");
    Node bool = new Node.Input(BOOL, 4, 0);
    assertFault(
        () -> new Program(List.of(bool, map(FLOAT32, Expression.IDENTITY, WHOLE)), List.of(1)),
        Fault.WRONG_TYPE,
        "node 1: operand 0 holds bool, not float32");
    assertFault(
        () ->
            new Node.Fold(
                INT32,
                Reduction.MEAN,
                Space.SCALAR,
                FOUR,
                List.of(new Operand(0, INT32, View.identity(FOUR))),
                Optional.empty()),
        Fault.WRONG_TYPE,
        "MEAN of int32 gives no int32");
  }

  @Test
  void notContiguous() {
    View strided = View.of(View.Axis.affine(8, 0, new View.Term(0, 2)));
    assertFault(
        () ->
            new Node.Fold(
                FLOAT32,
                Reduction.SUM,
                Space.SCALAR,
                FOUR,
                List.of(new Operand(0, FLOAT32, strided)),
                Optional.empty()),
        Fault.NOT_CONTIGUOUS,
        "re-lay the operand");
  }

  @Test
  void claimInModel() {
    Node claim = new Node.Claim(FLOAT32, 4, 0);
    Program verdict = new Program(List.of(new Node.Claim(BOOL, 1, 0)), List.of(0));
    assertFault(
        () -> VerdictProgram.of(verdict, List.of(Band.EXACT)),
        Fault.CLAIM_IN_MODEL,
        "gives a verdict already");
    assertFault(
        () -> new Program(List.of(claim), List.of(0)), Fault.CLAIM_IN_MODEL, "only give a verdict");
  }

  @Test
  void parametersThatNoBytesCanHold() {
    assertThatThrownBy(() -> Primitive.apply(Operation.ADD, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ADD takes 2 registers");
    assertThatThrownBy(() ->
            new Node.Fold(
                FLOAT32, Reduction.DOT, Space.SCALAR, FOUR, List.of(WHOLE), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VerdictProgram.of(new Program(List.of(INPUT), List.of(0)), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 outputs");
  }

  private static Node map(DataType type, Expression expression, Operand... operands) {
    return new Node.Map(type, FOUR, Arrays.stream(operands).map(Slot::of).toList(), expression);
  }

  private static Node sum(Space terms) {
    View view = View.of(View.Axis.along(4, terms.rank() - 1));
    return new Node.Fold(
        FLOAT32,
        Reduction.SUM,
        Space.SCALAR,
        terms,
        List.of(new Operand(0, FLOAT32, view)),
        Optional.empty());
  }

  private static void assertFault(ThrowingCallable call, Fault fault, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .asInstanceOf(InstanceOfAssertFactories.type(ProgramException.class))
        .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
