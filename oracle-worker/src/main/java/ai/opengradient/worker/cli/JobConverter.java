package ai.opengradient.worker.cli;

import picocli.CommandLine.ITypeConverter;

/** Reads the market's ids: so many of its 64 bits as a long has digits for. */
final class JobConverter implements ITypeConverter<Long> {
  private static final long GREATEST = 999_999_999_999_999_999L;

  @Override
  public Long convert(String text) {
    return WholeNumberConverter.parse(text, GREATEST);
  }
}
