package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.NodeProgram;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * The random programs that the contracts compute, too, against the third hand, which draws them.
 */
class RandomStepsTest {
  @Test
  void areComputedAlike() throws Exception {
    compare(3_000);
  }

  @Test
  @Tag("long")
  @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
  void aMillionAreComputedAlike() throws Exception {
    compare(1_000_000);
  }

  private static void compare(int elements) throws IOException, InterruptedException {
    List<String> command =
        NodeProgram.command("canon/vectors/random-steps.js", String.valueOf(elements));
    Process drawing =
        new ProcessBuilder(command)
            .directory(new File(System.getProperty("opg.root")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ObjectMapper mapper = new ObjectMapper();
    long compared = 0;
    try (BufferedReader lines = drawing.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode vector = mapper.readTree(line);
        TracedVector traced = TracedVector.of(vector);
        traced.compare();
        compared += traced.computedElements();
      }
    } finally {
      drawing.destroy();
    }
    assertThat(drawing.waitFor()).isZero();
    assertThat(compared).isGreaterThanOrEqualTo(elements);
    System.out.println(compared + " random elements agree");
  }
}
