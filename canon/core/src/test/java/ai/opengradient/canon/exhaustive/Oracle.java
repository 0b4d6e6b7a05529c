package ai.opengradient.canon.exhaustive;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * MPFR's results, from the program {@code canon/exhaustive/oracle.c}.
 *
 * @param program the compiled program
 */
record Oracle(Path program) {
  /** The correctly rounded results for a slice, four bytes each. */
  byte[] results(UnaryFunction function, Slice slice) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                function.label(),
                Integer.toUnsignedString(slice.first()),
                Integer.toString(Slice.ARGUMENTS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream output = process.getInputStream()) {
      byte[] results = output.readAllBytes();
      if (process.waitFor() != 0 || results.length != Slice.ARGUMENTS * Integer.BYTES) {
        throw new IOException(program + " failed at slice " + slice + " of " + function.label());
      }
      return results;
    } finally {
      process.destroy();
    }
  }
}
