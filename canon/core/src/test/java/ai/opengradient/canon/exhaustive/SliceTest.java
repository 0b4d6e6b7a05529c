package ai.opengradient.canon.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One slice of every function again, another one each time: its 2^24 results are still those that
 * were compared with MPFR.
 */
class SliceTest {
  private static final Path ROOT = Path.of(System.getProperty("opg.root"));

  @ParameterizedTest
  @EnumSource
  void isAsItWasComparedWithMpfr(UnaryFunction function) throws IOException {
    long seed = new Random().nextLong();
    Slice slice = new Slice(new Random(seed).nextInt(Slice.SLICES));
    Digests digests = Digests.read(Digests.fileOf(ROOT, function));
    assertThat(digests.size()).isEqualTo(Slice.SLICES);
    assertThat(digests.of(slice))
        .as("%s, slice %s, seed %d", function, slice, seed)
        .contains(Slice.digest(slice.results(function)));
  }
}
