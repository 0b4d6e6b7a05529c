package ai.opengradient.canon.program;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static ai.opengradient.canon.tensor.DataType.INT64;

import ai.opengradient.canon.tensor.DataType;

/** How a FOLD makes one element of its terms. Source: section 6 of {@code docs/canon.md}. */
public enum Reduction {
  DOT(0x01),
  SUM(0x02),
  MEAN(0x03),
  MEANSQ(0x04),
  MAX(0x05),
  MIN(0x06),
  ARGMAX(0x07),
  ARGMIN(0x08),
  AND(0x09);

  private final int code;

  Reduction(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether one step can be spread over transactions, because the terms are summed up. */
  public boolean isSum() {
    return switch (this) {
      case DOT, SUM, MEAN, MEANSQ -> true;
      case MAX, MIN, ARGMAX, ARGMIN, AND -> false;
    };
  }

  /** Whether terms of this type give results of that type. */
  boolean fits(DataType terms, DataType result) {
    return switch (this) {
      case DOT, SUM ->
          result == FLOAT32
              ? terms == FLOAT32
              : Operation.isInteger(terms) && (result == INT32 || result == INT64);
      case MEAN, MEANSQ -> terms == FLOAT32 && result == FLOAT32;
      case MAX, MIN -> Operation.isNumeric(terms) && result == terms;
      case ARGMAX, ARGMIN -> Operation.isNumeric(terms) && result == INT64;
      case AND -> terms == BOOL && result == BOOL;
    };
  }
}
