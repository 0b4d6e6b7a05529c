package ai.opengradient.canon.program;

/**
 * A program, a descriptor or a part of one breaks a rule of {@code docs/canon.md}. The message
 * names what is wrong and what would be right.
 */
@SuppressWarnings("serial") // never serialised
public final class ProgramException extends RuntimeException {
  /** Which kind of rule is broken. */
  public enum Fault {
    /** The bytes end before the last field. */
    TRUNCATED,
    /** Bytes after the last field. */
    TRAILING_BYTES,
    /** A code of a kind, an element type, a primitive, a fold, a version that there is none of. */
    UNKNOWN_CODE,
    /** A second way to write what has one encoding. */
    NOT_CANONICAL,
    /** A number that a field can hold but must not. */
    OUT_OF_RANGE,
    /** More of something than a cap allows. */
    TOO_MUCH,
    /** An operand that is not a node before. */
    DANGLING_OPERAND,
    /** A primitive reads a register that no earlier one sets. */
    UNSET_REGISTER,
    /** A register that nothing reads and that is not the result. */
    UNREAD_REGISTER,
    /** Element types that don't fit. */
    WRONG_TYPE,
    /** A fold whose innermost axis does not run through adjacent elements. */
    NOT_CONTIGUOUS,
    /** CLAIM in a program that is not a verdict program. */
    CLAIM_IN_MODEL
  }

  private final Fault fault;

  public ProgramException(Fault fault, String message) {
    // Bytes of strangers are damaged so often that a trace of the stack costs more than it tells.
    super(message, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** The same fault, said of a node. */
  ProgramException ofNode(int position) {
    return new ProgramException(fault, "node " + position + ": " + getMessage());
  }

  /** Throws if a count is not from {@code least} to {@code most}. */
  static void requireCount(String what, long count, int least, int most) {
    if (count < least || count > most) {
      throw new ProgramException(
          count > most ? Fault.TOO_MUCH : Fault.OUT_OF_RANGE,
          what + ": " + count + " is not from " + least + " to " + most);
    }
  }
}
