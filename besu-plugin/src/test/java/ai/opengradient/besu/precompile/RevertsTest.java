package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Reduction;
import ai.opengradient.canon.program.Slot;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.program.View;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each error of {@code ICanon}, and each shape of call data that is none. */
class RevertsTest {
  private static final int WORD = 32;
  private static final long POSITION = 3;
  private static final byte[] NONE = {};

  /** Of three leaves, the last one not full. */
  private static final int COUNT = 700;

  private static final Openable TENSOR = Openable.of(DataType.FLOAT32, new byte[4 * COUNT]);

  private static final View WHOLE = View.of(View.Axis.along(COUNT, 0));

  private static final byte[] SUM = descriptor(fold(Reduction.SUM));
  private static final byte[] MAX = descriptor(fold(Reduction.MAX));
  private static final byte[] COPY =
      descriptor(
          new Node.Map(
              DataType.FLOAT32,
              Space.of(COUNT),
              List.of(Slot.of(new Operand(0, DataType.FLOAT32, WHOLE))),
              Expression.IDENTITY));

  private static Node.Fold fold(Reduction reduction) {
    return new Node.Fold(
        DataType.FLOAT32,
        reduction,
        Space.SCALAR,
        Space.of(COUNT),
        List.of(new Operand(0, DataType.FLOAT32, WHOLE)),
        Optional.empty());
  }

  private static byte[] descriptor(Node node) {
    return Descriptor.of(node).bytes();
  }

  private static CallWriter.Asked asked(
      byte[] descriptor, long element, byte[] accumulator, CallWriter.Operand... operands) {
    return new CallWriter.Asked(descriptor, POSITION, element, List.of(operands), accumulator);
  }

  private static byte[] step(byte[] descriptor, long element, CallWriter.Operand... operands) {
    return CallWriter.step(asked(descriptor, element, NONE, operands));
  }

  private static CallWriter.Operand with(UnaryOperator<CallWriter.Leaves> damage) {
    CallWriter.Operand whole = TENSOR.whole();
    return new CallWriter.Operand(
        whole.dtype(), whole.count(), whole.root(), damage.apply(whole.opened()));
  }

  @Test
  void refusesAnElementThatThereIsNot() {
    AnswerReader.reverted(step(COPY, COUNT, TENSOR.whole()))
        .isError("ElementOutOfRange(uint32,uint32)", COUNT, COUNT);
    AnswerReader.reverted(step(SUM, 0xffffffffL, TENSOR.whole()))
        .isError("ElementOutOfRange(uint32,uint32)", 0xffffffffL, 1);
  }

  @Test
  void refusesAnotherNumberOfOperands() {
    AnswerReader.reverted(step(SUM, 0)).isError("WrongNumberOfOperands(uint256,uint256)", 0, 1);
    AnswerReader.reverted(step(SUM, 0, TENSOR.whole(), TENSOR.whole()))
        .isError("WrongNumberOfOperands(uint256,uint256)", 2, 1);
  }

  @Test
  void takesAnOperandOfAnotherTypeForVoid() {
    CallWriter.Operand whole = TENSOR.whole();
    for (int dtype : new int[] {0, 2, 255}) {
      AnswerReader answer =
          AnswerReader.returned(
              step(
                  SUM,
                  0xffffffffL,
                  new CallWriter.Operand(dtype, 1, whole.root(), whole.opened())));
      assertThat(answer.word(0)).isZero();
      assertThat(answer.list(3)).containsExactly(0L);
    }
  }

  @Test
  void refusesLeavesThatAreNoOpening() {
    List<UnaryOperator<CallWriter.Leaves>> damages =
        List.of(
            whole -> new CallWriter.Leaves(List.of(1L), whole.leaves(), whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(), whole.leaves(), whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(0L), NONE, whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(), NONE, whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(1L, 0L), whole.leaves(), whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(0L, 0L), whole.leaves(), whole.siblings()),
            whole -> new CallWriter.Leaves(List.of(0L, 1L, 4L), whole.leaves(), whole.siblings()),
            whole ->
                new CallWriter.Leaves(List.of(Long.MAX_VALUE), whole.leaves(), whole.siblings()),
            whole ->
                new CallWriter.Leaves(List.of(0L, 1L, 2L, 3L), whole.leaves(), whole.siblings()),
            whole ->
                new CallWriter.Leaves(
                    whole.places(),
                    Arrays.copyOf(whole.leaves(), whole.leaves().length - 1),
                    whole.siblings()),
            whole -> new CallWriter.Leaves(whole.places(), whole.leaves(), List.of()),
            whole -> {
              List<Hash> siblings = new ArrayList<>(whole.siblings());
              siblings.add(TENSOR.tree().root());
              return new CallWriter.Leaves(whole.places(), whole.leaves(), siblings);
            },
            whole -> {
              byte[] leaves = whole.leaves().clone();
              leaves[1_500] ^= 1;
              return new CallWriter.Leaves(whole.places(), leaves, whole.siblings());
            });
    for (UnaryOperator<CallWriter.Leaves> damage : damages) {
      AnswerReader.reverted(step(SUM, 0, with(damage))).isError("OperandNotOpened(uint256)", 0);
    }
    // The first and the last one open another tree.
    for (UnaryOperator<CallWriter.Leaves> damage : damages.subList(1, damages.size() - 1)) {
      AnswerReader.reverted(CallWriter.rootOfLeaves(2, damage.apply(TENSOR.whole().opened())))
          .isError("NoOpening()");
    }
    for (long depth : new long[] {0, 1, 3, 32, 256, Long.MAX_VALUE}) {
      AnswerReader.reverted(CallWriter.rootOfLeaves(depth, TENSOR.whole().opened()))
          .isError("NoOpening()");
    }
  }

  @Test
  void readsNothingThatWasNotOpened() {
    AnswerReader.reverted(step(SUM, 0, TENSOR.leaves(0, 2)))
        .isError("LeafNotOpened(uint256,uint256)", 0, 2);
    AnswerReader.reverted(step(SUM, 0, TENSOR.leaves(1, 3)))
        .isError("LeafNotOpened(uint256,uint256)", 0, 0);
    AnswerReader.reverted(step(SUM, 0, TENSOR.operand(TENSOR.opened(List.of(0, 2)))))
        .isError("LeafNotOpened(uint256,uint256)", 0, 1);
    AnswerReader.reverted(step(COPY, 256, TENSOR.unopened()))
        .isError("LeafNotOpened(uint256,uint256)", 0, 1);
    assertThat(AnswerReader.returned(step(COPY, 256, TENSOR.leaves(1, 2))).word(0)).isEqualTo(2);
  }

  @Test
  void goesOnFromAccumulatorsOnly() {
    CallWriter.Operand whole = TENSOR.whole();
    byte[] half =
        AnswerReader.returned(CallWriter.accumulate(asked(SUM, 0, NONE, whole), 350)).string(0);
    assertThat(AnswerReader.returned(CallWriter.step(asked(SUM, 0, half, whole))).word(0))
        .isEqualTo(2);
    for (byte[] descriptor : List.of(COPY, MAX)) {
      AnswerReader.reverted(CallWriter.step(asked(descriptor, 0, half, whole)))
          .isError("MalformedAccumulator()");
      AnswerReader.reverted(CallWriter.accumulate(asked(descriptor, 0, half, whole), 400))
          .isError("NotAccumulated()");
    }
    AnswerReader.reverted(CallWriter.accumulate(asked(NONE, 0, half, whole), 400))
        .isError("NotAccumulated()");
    List<byte[]> damaged =
        List.of(
            new byte[1],
            Arrays.copyOf(half, half.length - 1),
            Arrays.copyOf(half, half.length + 1),
            ByteBuffer.wrap(half.clone()).putInt(0, COUNT + 1).array(),
            ByteBuffer.wrap(half.clone()).putInt(4, 351).array(),
            ByteBuffer.wrap(half.clone()).putInt(0, -1).array());
    for (byte[] accumulator : damaged) {
      AnswerReader.reverted(CallWriter.step(asked(SUM, 0, accumulator, whole)))
          .isError("MalformedAccumulator()");
    }
    long[][] untils = {{0, 350}, {350, 350}, {COUNT + 1L, 350}, {0xffffffffL, 350}};
    for (long[] until : untils) {
      AnswerReader.reverted(CallWriter.accumulate(asked(SUM, 0, half, whole), until[0]))
          .isError("TermOutOfRange(uint32,uint32,uint32)", until[0], until[1], COUNT);
    }
  }

  @Test
  void showsWhatIsNoSum() {
    byte[] state = new byte[8 + 129];
    state[8] = 1; // a bin of 2^248
    Outcome outcome = CanonPrecompile.run(CallWriter.step(asked(SUM, 0, state, TENSOR.whole())));
    assertThat(outcome.returned()).isFalse();
    ByteBuffer data = ByteBuffer.wrap(outcome.data());
    assertThat(data.getInt()).isEqualTo(Signature.selector("MalformedSum(bytes)"));
    AnswerReader reader = new AnswerReader(outcome, 4);
    assertThat(reader.string(0)).isEqualTo(Arrays.copyOfRange(state, 8, state.length));
    assertThat(outcome.data()).hasSize(4 + 2 * WORD + 160);
  }

  @Test
  void refusesTolerancesThatAreNone() {
    long[][] tolerances = {
      {0x7f800000, 0},
      {0x80000000L, 0},
      {0x7fc00000, 0},
      {0, 0x3f800000},
      {0, 0x80000000L},
      {0, 0xffffffffL}
    };
    for (long[] pair : tolerances) {
      AnswerReader.reverted(CallWriter.within(0, 0, pair[0], pair[1]))
          .isError("InvalidTolerances(uint32,uint32)", pair[0], pair[1]);
    }
    long[][] same = {{0x80000000L, 0}, {0x7fc00001, 0xffffffffL}, {0x7f800000, 0x7f800000}};
    for (long[] pair : same) {
      assertThat(AnswerReader.returned(CallWriter.within(pair[0], pair[1], 0, 0)).word(0))
          .isEqualTo(1);
    }
  }

  @Test
  void revertsWithNothingWhereCallDataAreNone() {
    byte[] step = step(SUM, 0, TENSOR.whole());
    List<byte[]> calls = new ArrayList<>();
    calls.add(NONE);
    calls.add(new byte[3]);
    calls.add(new byte[] {1, 2, 3, 4});
    for (Function function : Function.values()) {
      if (function != Function.SPEC_VERSION) {
        calls.add(ByteBuffer.allocate(4).putInt(function.selector()).array());
        calls.add(
            ByteBuffer.allocate(4 + 4 * WORD)
                .putInt(function.selector())
                .put(bytes(4 * WORD, (byte) 0xff))
                .array());
      }
    }
    // A struct's first word is 36 bytes from the start; its fields are those of ICanon.Step.
    for (int field : new int[] {0, 3}) {
      for (byte fill : new byte[] {(byte) 0x7f, 0x01}) {
        calls.add(with(step, field, bytes(WORD, fill)));
      }
      calls.add(with(step, field, number(step.length)));
    }
    // Not canonical: position and element.
    calls.add(with(step, 1, number(1L << 32)));
    calls.add(with(step, 2, number(1L << 32)));
    // Lying lengths.
    calls.add(with(step, 5, number(step.length)));
    calls.add(with(step, 5, number(-1)));
    for (int length = 0; length < step.length; length += 97) {
      calls.add(Arrays.copyOf(step, length));
    }
    byte[] within = CallWriter.within(0, 0, 0, 0);
    within[4] = 1;
    calls.add(within);
    byte[] root = CallWriter.rootOf(new byte[100]);
    root[4 + 2 * WORD - 1]++;
    calls.add(Arrays.copyOf(root, root.length - 28));
    for (byte[] call : calls) {
      Outcome outcome = CanonPrecompile.run(call);
      assertThat(outcome.returned()).as("%d bytes", call.length).isFalse();
      assertThat(outcome.data()).as("%d bytes", call.length).isEmpty();
    }
  }

  @Test
  void looksAtNothingThatIsNotNeeded() {
    byte[] noted = step(NONE, 0, TENSOR.whole());
    for (int field : new int[] {2, 3, 4}) {
      assertThat(CanonPrecompile.run(with(noted, field, bytes(WORD, (byte) 0xff))).returned())
          .isTrue();
    }
    byte[] longer = Arrays.copyOf(noted, noted.length + 77);
    assertThat(CanonPrecompile.run(longer).returned()).isTrue();
  }

  /** A call with another word in the struct that is its first argument. */
  private static byte[] with(byte[] call, int field, byte[] word) {
    byte[] damaged = call.clone();
    System.arraycopy(word, 0, damaged, 4 + WORD + field * WORD, WORD);
    return damaged;
  }

  private static byte[] number(long number) {
    byte[] word = bytes(WORD, (byte) (number >> 63));
    ByteBuffer.wrap(word).putLong(WORD - 8, number);
    return word;
  }

  private static byte[] bytes(int length, byte fill) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, fill);
    return bytes;
  }
}
