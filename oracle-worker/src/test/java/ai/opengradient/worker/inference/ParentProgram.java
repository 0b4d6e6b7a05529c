package ai.opengradient.worker.inference;

import java.io.IOException;
import java.nio.file.Path;

/** A worker for a test to kill: starts a child, prints its process id and waits. */
final class ParentProgram {
  private ParentProgram() {}

  public static void main(String[] arguments) throws InferenceException, IOException {
    try (InferenceProcess process =
        InferenceProcess.start(InferenceSettings.standard(Path.of(arguments[0])))) {
      System.out.println(process.processId());
      System.in.read();
    }
  }
}
