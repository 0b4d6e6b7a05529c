package ai.opengradient.worker.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as its archive states it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"opg " + number()};
  }

  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }
}
