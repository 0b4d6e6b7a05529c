package ai.opengradient.canon.engine.function;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import ai.opengradient.canon.engine.step.Tally;
import ai.opengradient.canon.engine.step.Tier;
import ai.opengradient.canon.exhaustive.Digests;
import ai.opengradient.canon.exhaustive.Slice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The functions' results on slices of 2^24 arguments whose bits have the same first byte: they have
 * the digests of those that were compared with MPFR.
 */
class FunctionSlicesTest {
  private static final Path ROOT = Path.of(System.getProperty("opg.root"));
  private static final int BLOCK = 1024;

  @ParameterizedTest
  @EnumSource
  void areThoseOfTheCoreOnOneSlice(UnaryFunction function)
      throws IOException, NoSuchAlgorithmException {
    long seed = new Random().nextLong();
    Slice slice = new Slice(new Random(seed).nextInt(Slice.SLICES));
    assertThat(expected(function).of(slice))
        .as("%s, slice %s, seed %d", function, slice, seed)
        .contains(digest(function, slice, new Tally()));
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void areThoseOfTheCoreOnAllArguments(UnaryFunction function)
      throws IOException, NoSuchAlgorithmException {
    Digests expected = expected(function);
    Tally tally = new Tally();
    for (int number = 0; number < Slice.SLICES; number++) {
      Slice slice = new Slice(number);
      assertThat(expected.of(slice))
          .as("%s, slice %s", function, slice)
          .contains(digest(function, slice, tally));
    }
    System.out.printf(
        "%s: by the bound %,d, by the core %,d%n",
        function, tally.count(Tier.BOUND), tally.count(Tier.EXACT));
  }

  private static Digests expected(UnaryFunction function) throws IOException {
    return Digests.read(Digests.fileOf(ROOT, function));
  }

  private static String digest(UnaryFunction function, Slice slice, Tally tally)
      throws NoSuchAlgorithmException {
    BlockFunction values = BlockFunction.of(function);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    float[] arguments = new float[BLOCK];
    float[] results = new float[BLOCK];
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES);
    for (int from = 0; from < Slice.ARGUMENTS; from += BLOCK) {
      for (int at = 0; at < BLOCK; at++) {
        arguments[at] = Float.intBitsToFloat(slice.first() + from + at);
      }
      values.apply(arguments, results, BLOCK, tally);
      for (int at = 0; at < BLOCK; at++) {
        bytes.putInt(at * Float.BYTES, Float.floatToIntBits(results[at] + 0f));
      }
      digest.update(bytes.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
