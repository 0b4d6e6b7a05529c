package ai.opengradient.worker.dispute;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.StepGas;
import java.util.List;

/**
 * What one transaction of a proof may take. A step of a fold that takes more is proved in runs of
 * terms.
 *
 * @param gas with the calldata's
 * @param bytes of calldata
 */
public record Budget(long gas, int bytes) {
  /** A transaction's own, and the chain's two prices of a byte that isn't zero. */
  private static final long TRANSACTION_GAS = 21_000;

  private static final long BYTE_GAS = 16;
  private static final long LEAST_BYTE_GAS = 40;

  /**
   * Without calldata: what the court adds to a short step, and the step. The gas tests measure
   * 172,000; what section 8 of {@code docs/canon.md} has beyond that is for the siblings in the
   * deepest trees, which are counted here.
   */
  private static final long STEP_GAS = 250_000;

  private static final long OPERAND_GAS = 15_000;
  private static final long LEAF_GAS = 2_040;
  private static final long SIBLING_GAS = 220;
  private static final long TERM_GAS = 160;

  /** Of a proof's fields of fixed length, with the offsets that the ABI adds. */
  private static final int FIXED_BYTES = 1_024;

  private static final int TENSOR_BYTES = 12 * Hash.LENGTH;

  /** Whether a proof with so many of a fold's terms keeps to it. */
  boolean allows(StepProof proof, Node.Fold fold, int terms) {
    int length = length(proof);
    return length <= bytes && gas(proof, length, fold, terms) <= gas;
  }

  private static long gas(StepProof proof, int length, Node.Fold fold, int terms) {
    List<OpenedTensor> operands = proof.step().operands();
    long execution =
        STEP_GAS
            + operands.size() * OPERAND_GAS
            + operands.stream().mapToLong(tensor -> gas(tensor.opened())).sum()
            + terms * TERM_GAS
            + runs(fold, terms) * StepGas.ofRun(fold);
    return TRANSACTION_GAS + Math.max(LEAST_BYTE_GAS * length, BYTE_GAS * length + execution);
  }

  /** In how many runs so many terms lie at most. */
  private static long runs(Node.Fold fold, int terms) {
    int length = fold.terms().innermost();
    return (terms + 2L * length - 2) / length;
  }

  private static long gas(OpenedLeaves opened) {
    return LEAF_GAS * opened.leaves().size() + SIBLING_GAS * opened.siblings().size();
  }

  private static int length(StepProof proof) {
    int hashes =
        proof.siblings().size()
            + proof.program().outputs().size()
            + 2 * proof.trace().nodes().size()
            + proof.trace().siblings().size()
            + proof.inputs().size();
    return FIXED_BYTES
        + hashes * Hash.LENGTH
        + proof.step().descriptor().length()
        + proof.step().accumulator().length()
        + proof.step().operands().stream().mapToInt(Budget::length).sum()
        + proof.result().map(Budget::length).orElse(TENSOR_BYTES);
  }

  private static int length(OpenedTensor tensor) {
    return TENSOR_BYTES + tensor.opened().places().size() * Hash.LENGTH + tensor.opened().length();
  }
}
