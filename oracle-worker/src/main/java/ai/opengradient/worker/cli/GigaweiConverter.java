package ai.opengradient.worker.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a price of gas in gwei, such as 2.5, as wei. */
final class GigaweiConverter implements ITypeConverter<BigInteger> {
  private static final int GIGA = 9;

  @Override
  public BigInteger convert(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw new TypeConversionException(
          "'" + text + "' is not a decimal number of gwei with at most 9 places");
    }
    return new BigDecimal(text).movePointRight(GIGA).toBigIntegerExact();
  }
}
