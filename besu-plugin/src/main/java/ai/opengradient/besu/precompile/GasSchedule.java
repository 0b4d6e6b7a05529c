package ai.opengradient.besu.precompile;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.program.Caps;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a call costs: a bound on the time that it can take, at half of 10 ns a gas, from the call's
 * length and a few fields of its header. Where a field is malformed the call goes no further, and
 * neither does the bill. {@code docs/precompile.md} tells how the constants are measured.
 */
final class GasSchedule {
  /** Finding the function and answering, an accumulator or an error among the answers: 2 µs. */
  private static final long CALL = 400;

  /** A word of the call that is copied on its way here: 3 ns. */
  private static final long WORD = 1;

  /** H(01 ‖ left ‖ right): one permutation, 330 ns. */
  private static final long INNER = 66;

  /** H(00 ‖ leaf): eight permutations. */
  private static final long LEAF = 8 * INNER;

  /** A byte of a descriptor, the costliest of which are codes of primitives: 15 ns. */
  private static final long DESCRIPTOR_BYTE = 3;

  /** Thirty-two primitives, the costliest of which is ERF: 375 ns each. */
  private static final long EXPRESSION = 2_400;

  /** An operand that is read, looked up and told of in the answer: 1 µs. */
  private static final long OPERAND = 200;

  /** Two terms of a fold: 7.5 ns each. */
  private static final long TWO_TERMS = 3;

  /** Going to another run with one operand, and to a leaf anywhere: 100 ns. */
  private static final long RUN = 20;

  private static final int MAP = 4;
  private static final int FOLD = 5;
  private static final int DOT = 1;
  private static final int SPACE_OF_FOLD = 3;

  private final CallData call;
  private long gas = CALL;

  private GasSchedule(CallData call) {
    this.call = call;
  }

  static long of(byte[] bytes) {
    GasSchedule bill = new GasSchedule(new CallData(bytes));
    bill.add(WORD, bytes.length / CallData.WORD);
    if (bytes.length >= CanonPrecompile.SELECTOR_LENGTH) {
      Optional<Function> function = Function.find(ByteBuffer.wrap(bytes).getInt());
      try {
        function.ifPresent(bill::add);
      } catch (Reverted e) {
        // So does the call, before anything else that costs.
        return bill.gas;
      }
    }
    return bill.gas;
  }

  private void add(long each, long times) {
    gas += each * times;
  }

  private void add(Function function) {
    switch (function) {
      case SPEC_VERSION, WITHIN -> {}
      case DESCRIBE -> addDescriptor(call.byteStringArgument(0));
      case STEP -> addStep(Caps.TERMS);
      case ACCUMULATE -> addStep(call.count(CanonPrecompile.SELECTOR_LENGTH + CallData.WORD));
      case ROOT_OF -> addRoot(call.byteStringArgument(0).length());
      case ROOT_OF_LEAVES -> addOpening(Opening.at(call, call.argument(1, Opening.WORDS)));
    }
  }

  private void addRoot(long length) {
    long leaves = Math.max(1, (length + LEAF_LENGTH - 1) / LEAF_LENGTH);
    add(LEAF, leaves);
    // On each level perhaps one with a missing node, and what is missing there.
    add(INNER, leaves + 2L * HashTree.depth(leaves));
  }

  private void addOpening(Opening opened) {
    int leaves = opened.held();
    add(LEAF, leaves);
    // Each takes a sibling, or makes one of two.
    add(INNER, (long) leaves + opened.siblings().length());
  }

  private void addDescriptor(CallData.Span descriptor) {
    add(DESCRIPTOR_BYTE, Math.min(descriptor.length(), Caps.DESCRIPTOR));
  }

  private void addStep(long until) {
    AskedStep asked = new AskedStep(call, call.argument(0, AskedStep.WORDS));
    CallData.Span descriptor = asked.descriptor();
    if (descriptor.length() > Caps.DESCRIPTOR) {
      return;
    }
    addDescriptor(descriptor);
    CallData.Span operands = asked.operands();
    if (operands.length() > Caps.OPERANDS) {
      return;
    }
    int kind = call.byteAt(descriptor, 0);
    if (kind == MAP) {
      add(EXPRESSION, 1);
    }
    for (int number = 0; number < operands.length(); number++) {
      add(OPERAND, 1);
      addOpening(asked.operand(operands, number).opened());
    }
    if (kind == FOLD) {
      addTerms(descriptor, until, asked.next());
    }
  }

  /** Those of a fold from {@code next} up to {@code until}. */
  private void addTerms(CallData.Span descriptor, long until, long next) {
    int rank = call.byteAt(descriptor, SPACE_OF_FOLD);
    int at = SPACE_OF_FOLD + 1 + Integer.BYTES * rank;
    int foldRank = call.byteAt(descriptor, at++);
    long terms = 1;
    long length = 1;
    for (int axis = 0; axis < Math.min(foldRank, Caps.RANK); axis++) {
      length = call.u32At(descriptor, at);
      terms *= length;
      if (terms < 1 || terms > Caps.TERMS) {
        return;
      }
      at += Integer.BYTES;
    }
    long end = Math.min(until, terms);
    if (next < end) {
      boolean isDot = call.byteAt(descriptor, 2) == DOT;
      add(TWO_TERMS, (end - next + 1) / 2);
      add(RUN, ((end - 1) / length - next / length + 1) * (isDot ? 2 : 1));
    }
  }
}
