package ai.opengradient.worker.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java of the tests' own version and classes, for processes that start quickly and stay small.
 */
public final class ChildJava {
  private ChildJava() {}

  /**
   * The command line of such a process.
   *
   * @param flags for this one, such as its heap's size
   */
  public static List<String> command(List<String> flags, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
