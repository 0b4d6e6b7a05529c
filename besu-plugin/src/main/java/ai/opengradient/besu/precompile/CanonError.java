package ai.opengradient.besu.precompile;

import ai.opengradient.canon.arithmetic.ExactSum;

/** The errors of {@code contracts/canon}: with which arguments a call reverts. */
enum CanonError {
  ELEMENT_OUT_OF_RANGE("ElementOutOfRange(uint32,uint32)"),
  WRONG_NUMBER_OF_OPERANDS("WrongNumberOfOperands(uint256,uint256)"),
  OPERAND_NOT_OPENED("OperandNotOpened(uint256)"),
  LEAF_NOT_OPENED("LeafNotOpened(uint256,uint256)"),
  MALFORMED_ACCUMULATOR("MalformedAccumulator()"),
  NOT_ACCUMULATED("NotAccumulated()"),
  TERM_OUT_OF_RANGE("TermOutOfRange(uint32,uint32,uint32)"),
  NO_OPENING("NoOpening()"),
  INVALID_TOLERANCES("InvalidTolerances(uint32,uint32)"),

  /** Of {@code ExactSums.sol}. */
  MALFORMED_SUM("MalformedSum(bytes)");

  private final int selector;

  CanonError(String signature) {
    selector = Signature.selector(signature);
  }

  /** The failure with these arguments, all of them numbers. */
  Reverted with(long... numbers) {
    Answer answer = Answer.failure(selector, numbers.length);
    for (long number : numbers) {
      answer.put(number);
    }
    return new Reverted(answer.bytes());
  }

  /** The failure that shows what should have been a sum. */
  static Reverted malformedSum(byte[] encoded) {
    int words = Answer.wordsOf(ExactSum.ENCODED_LENGTH);
    return new Reverted(
        Answer.failure(MALFORMED_SUM.selector, 1 + words).put(CallData.WORD).put(encoded).bytes());
  }
}
