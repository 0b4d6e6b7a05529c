package ai.opengradient.canon.program;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;

import ai.opengradient.canon.program.ProgramException.Fault;
import ai.opengradient.canon.tensor.DataType;
import java.util.List;

/**
 * The primitives that take registers and nothing else, but for the functions. Source: section 4 of
 * {@code docs/canon.md}.
 */
public enum Operation {
  SELECT(0x04, 3),
  EQ(0x10, 2),
  NE(0x11, 2),
  LT(0x12, 2),
  LE(0x13, 2),
  ADD(0x20, 2),
  SUB(0x21, 2),
  MUL(0x22, 2),
  DIV(0x23, 2),
  MOD(0x24, 2),
  NEG(0x25, 1),
  ABS(0x26, 1),
  MAX(0x27, 2),
  MIN(0x28, 2),
  AND(0x30, 2),
  OR(0x31, 2),
  XOR(0x32, 2),
  NOT(0x33, 1),
  SHL(0x34, 2),
  SHR(0x35, 2),
  SQRT(0x40, 1),
  FLOOR(0x41, 1),
  CEIL(0x42, 1),
  RINT(0x43, 1);

  private final int code;
  private final int operands;

  Operation(int code, int operands) {
    this.code = code;
    this.operands = operands;
  }

  int code() {
    return code;
  }

  /** How many registers it takes. */
  public int operands() {
    return operands;
  }

  /**
   * The result's type.
   *
   * @param types of the operands, as many as it takes
   * @throws ProgramException if they don't fit
   */
  DataType resultType(List<DataType> types) {
    DataType type = types.getLast();
    boolean alike =
        this == SELECT
            ? types.get(0) == BOOL && types.get(1) == type
            : types.stream().allMatch(other -> other == type);
    boolean fits =
        switch (this) {
          case SELECT, EQ, NE, LT, LE -> true;
          case ADD, SUB, MUL, DIV, NEG, ABS, MAX, MIN -> isNumeric(type);
          case MOD, SHL, SHR -> isInteger(type);
          case AND, OR, XOR, NOT -> isInteger(type) || type == BOOL;
          case SQRT, FLOOR, CEIL, RINT -> type == FLOAT32;
        };
    if (!alike || !fits) {
      throw new ProgramException(
          Fault.WRONG_TYPE,
          this + " takes no operands of " + types.stream().map(DataType::label).toList());
    }
    return switch (this) {
      case EQ, NE, LT, LE -> BOOL;
      default -> type;
    };
  }

  static boolean isNumeric(DataType type) {
    return type != BOOL;
  }

  static boolean isInteger(DataType type) {
    return type != BOOL && type != FLOAT32;
  }
}
