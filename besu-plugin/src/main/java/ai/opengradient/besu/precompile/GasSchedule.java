package ai.opengradient.besu.precompile;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.program.Caps;

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
      try {
        Function.find(bytes.intAt(0)).ifPresent(bill::add);
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
      case DESCRIBE -> addDescriptor(lengthAt(call.argumentTail(0), 1));
      case STEP -> addStep(Caps.TERMS);
      case ACCUMULATE -> addStep(call.argument(1));
      case ROOT_OF -> addRoot(lengthAt(call.argumentTail(0), 1));
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
    tailLength(leaves, leaves, CallData.WORD);
    long siblings = tailLength(leaves, leaves + SIBLINGS, CallData.WORD);
    add(LEAF, held);
    // Each takes a sibling, or makes one of two.
    add(INNER, held + siblings);
  }

  private void addDescriptor(long length) {
    add(DESCRIPTOR_BYTE, Math.min(length, Caps.DESCRIPTOR));
  }

  private void addStep(long until) {
    long step = call.argumentTail(0);
    long descriptor = call.tail(step, step);
    long length = lengthAt(descriptor, 1);
    if (length > Caps.DESCRIPTOR) {
      return;
    }
    addDescriptor(length);
    long operands = call.tail(step, step + OPERANDS);
    long count = lengthAt(operands, CallData.WORD);
    if (count > Caps.OPERANDS) {
      return;
    }
    int kind = call.u8(descriptor + CallData.WORD);
    if (kind == MAP) {
      add(EXPRESSION, 1);
    }
    long first = operands + CallData.WORD;
    for (long field = first; field < first + count * CallData.WORD; field += CallData.WORD) {
      add(OPERAND, 1);
      long operand = call.tail(first, field);
      addOpening(call.tail(operand, operand + OPENED));
    }
    if (kind == FOLD) {
      long accumulator = call.tail(step, step + ACCUMULATOR);
      long next = lengthAt(accumulator, 1) == 0 ? 0 : call.u32(accumulator + CallData.WORD);
      addTerms(descriptor + CallData.WORD, until, next);
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

  private long tailLength(long base, long field, int stride) {
    return lengthAt(call.tail(base, field), stride);
  }

  private long lengthAt(long position, int stride) {
    return call.lengthAt(position, stride).orElseThrow(Reverted::empty);
  }
}
