package ai.opengradient.besu.precompile;

import java.util.Optional;

/** The functions of {@code contracts/canon/ICanon.sol}. */
enum Function {
  SPEC_VERSION("specVersion()"),
  DESCRIBE("describe(bytes,uint32)"),
  STEP("step(" + Signatures.STEP + ")"),
  ACCUMULATE("accumulate(" + Signatures.STEP + ",uint32)"),
  WITHIN("within(uint32,uint32,uint32,uint32)"),
  ROOT_OF("rootOf(bytes)"),
  ROOT_OF_LEAVES("rootOfLeaves(uint256," + Signatures.LEAVES + ")");

  private static final Function[] ALL = values();

  private final int selector;

  Function(String signature) {
    selector = Signature.selector(signature);
  }

  int selector() {
    return selector;
  }

  /** The function with that selector, if there is one. */
  static Optional<Function> find(int selector) {
    for (Function function : ALL) {
      if (function.selector == selector) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  private static final class Signatures {
    private static final String LEAVES = "(uint256[],bytes,bytes32[])";
    private static final String OPERAND = "(uint8,uint32,bytes32," + LEAVES + ")";
    private static final String STEP = "(bytes,uint32,uint32," + OPERAND + "[],bytes)";
  }
}
