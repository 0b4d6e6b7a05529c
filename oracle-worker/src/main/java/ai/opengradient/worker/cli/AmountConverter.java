package ai.opengradient.worker.cli;

import ai.opengradient.worker.chain.Amount;
import ai.opengradient.worker.error.ErrorCode;
import ai.opengradient.worker.error.OpgException;
import picocli.CommandLine.ITypeConverter;

/** Reads amounts of $OPG such as 2.5, exactly. */
final class AmountConverter implements ITypeConverter<Amount> {
  @Override
  public Amount convert(String text) {
    try {
      return Amount.parse(text);
    } catch (IllegalArgumentException e) {
      throw new OpgException(ErrorCode.AMOUNT_INVALID, String.valueOf(e.getMessage()), e);
    }
  }
}
