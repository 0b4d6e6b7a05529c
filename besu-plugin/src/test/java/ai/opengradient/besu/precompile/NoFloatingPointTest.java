package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.architecture.FloatingPoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NoFloatingPointTest {
  @Test
  void computesNothing() throws IOException {
    FloatingPoint floatingPoint = FloatingPoint.ofModule();
    assertThat(floatingPoint.found()).isEmpty();
    assertThat(floatingPoint.instructions()).as("instructions looked at").isGreaterThan(1_500);
  }
}
