package ai.opengradient.besu.precompile;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.program.Caps;

/**
 * What a call costs: a bound on the time that it can take, at half of 10 ns a gas, from the call's
 * length and a few fields of its header. A list that is not well formed there is billed as an empty
 * one. {@code docs/precompile.md} tells how the constants are measured.
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

  /** Where a step's and an operand's structs have these fields, and leaves have theirs. */
  private static final int OPERANDS = 3 * CallData.WORD;

  private static final int ACCUMULATOR = 4 * CallData.WORD;
  private static final int OPENED = 3 * CallData.WORD;
  private static final int LEAVES = CallData.WORD;
  private static final int SIBLINGS = 2 * CallData.WORD;

  private final CallHeader call;
  private long gas = CALL;

  private GasSchedule(CallHeader call) {
    this.call = call;
  }

  static long of(CallBytes bytes) {
    GasSchedule bill = new GasSchedule(new CallHeader(bytes));
    bill.add(WORD, bytes.length() / CallData.WORD);
    if (bytes.length() >= CanonPrecompile.SELECTOR_LENGTH) {
      Function.find(bytes.intAt(0)).ifPresent(bill::add);
    }
    return bill.gas;
  }

  private void add(long each, long times) {
    gas += each * times;
  }

  private void add(Function function) {
    switch (function) {
      case SPEC_VERSION, WITHIN -> {}
      case DESCRIBE -> addDescriptor(call.lengthAt(call.argumentTail(0), 1));
      case STEP -> addStep(Caps.TERMS);
      case ACCUMULATE -> addStep(call.argument(1));
      case ROOT_OF -> addRoot(call.lengthAt(call.argumentTail(0), 1));
      case ROOT_OF_LEAVES -> addOpening(call.argumentTail(1));
    }
  }

  private void addRoot(long length) {
    long leaves = Math.max(1, (length + LEAF_LENGTH - 1) / LEAF_LENGTH);
    add(LEAF, leaves);
    // On each level perhaps one with a missing node, and what is missing there.
    add(INNER, leaves + 2L * HashTree.depth(leaves));
  }

  /** Of the struct there. */
  private void addOpening(long leaves) {
    long held = tailLength(leaves, leaves + LEAVES, 1) / LEAF_LENGTH;
    add(LEAF, held);
    // Each takes a sibling, or makes one of two.
    add(INNER, held + tailLength(leaves, leaves + SIBLINGS, CallData.WORD));
  }

  private void addDescriptor(long length) {
    add(DESCRIPTOR_BYTE, Math.min(length, Caps.DESCRIPTOR));
  }

  private void addStep(long until) {
    long step = call.argumentTail(0);
    long descriptor = call.tail(step, step);
    long length = call.lengthAt(descriptor, 1);
    if (length > Caps.DESCRIPTOR) {
      return;
    }
    addDescriptor(length);
    int kind = call.u8(descriptor + CallData.WORD);
    if (kind == MAP) {
      add(EXPRESSION, 1);
    }
    long operands = call.tail(step, step + OPERANDS);
    long count = call.lengthAt(operands, CallData.WORD);
    if (count > Caps.OPERANDS) {
      // Or none, which is too few for a fold.
      return;
    }
    long first = operands + CallData.WORD;
    for (long field = first; field < first + count * CallData.WORD; field += CallData.WORD) {
      add(OPERAND, 1);
      long operand = call.tail(first, field);
      addOpening(call.tail(operand, operand + OPENED));
    }
    if (kind == FOLD) {
      addTerms(descriptor + CallData.WORD, until, next(step, step + ACCUMULATOR));
    }
  }

  /** Those of a fold from {@code next} up to {@code until}. */
  private void addTerms(long descriptor, long until, long next) {
    int rank = call.u8(descriptor + SPACE_OF_FOLD);
    long at = descriptor + SPACE_OF_FOLD + 1 + (long) Integer.BYTES * rank;
    int foldRank = call.u8(at++);
    long terms = 1;
    long length = 1;
    for (int axis = 0; axis < Math.min(foldRank, Caps.RANK); axis++) {
      length = call.u32(at);
      terms *= length;
      if (terms < 1 || terms > Caps.TERMS) {
        return;
      }
      at += Integer.BYTES;
    }
    long end = Math.min(until, terms);
    if (next < end) {
      boolean isDot = call.u8(descriptor + 2) == DOT;
      add(TWO_TERMS, (end - next + 1) / 2);
      add(RUN, ((end - 1) / length - next / length + 1) * (isDot ? 2 : 1));
    }
  }

  /** The first term that the accumulator leaves to be added, if there is one for sure. */
  private long next(long step, long field) {
    long accumulator = call.tail(step, field);
    boolean isThere =
        call.isExact(field) && accumulator >= 0 && call.lengthAt(accumulator, 1) >= Integer.BYTES;
    return isThere ? call.u32(accumulator + CallData.WORD) : 0;
  }

  private long tailLength(long base, long field, int stride) {
    return call.lengthAt(call.tail(base, field), stride);
  }
}
