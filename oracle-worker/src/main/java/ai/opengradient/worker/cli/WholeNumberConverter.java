package ai.opengradient.worker.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the registry's ids, which have 32 bits, and whatever else is counted in small numbers. */
final class WholeNumberConverter implements ITypeConverter<Long> {
  private static final long GREATEST = 0xffff_ffffL;

  @Override
  public Long convert(String text) {
    return parse(text, GREATEST);
  }

  static long parse(String text, long greatest) {
    if (text.matches("\\d{1,18}") && Long.parseLong(text) <= greatest) {
      return Long.parseLong(text);
    }
    throw new TypeConversionException("'" + text + "' is not a whole number from 0 to " + greatest);
  }
}
