package ai.opengradient.canon.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.arithmetic.UnaryFunction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the functions: it must notice one wrong result among 2^24. */
class ExhaustiveTest {
  /** Of exp, all of slice 0x00 is 1. */
  private static final Slice SLICE = new Slice(0);

  @TempDir Path root;

  @Test
  void passesWhatTheOracleSays() throws IOException, InterruptedException {
    assertThat(exhaustive(ones(Slice.ARGUMENTS)).checkSlice(SLICE)).isTrue();
  }

  @Test
  void noticesOneWrongResult() throws IOException, InterruptedException {
    byte[] lie = ones(Slice.ARGUMENTS);
    lie[lie.length - 1] = 1;
    assertThat(exhaustive(lie).checkSlice(SLICE)).isFalse();
  }

  @Test
  void failsIfTheOracleStopsEarly() throws IOException {
    Exhaustive cutOff = exhaustive(ones(17));
    assertThatThrownBy(() -> cutOff.checkSlice(SLICE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("failed at slice 00 of exp");
  }

  @Test
  void holdsASliceAgainstItsDigest() throws IOException, InterruptedException {
    Digests digests = Digests.read(Digests.fileOf(root, UnaryFunction.EXP));
    digests.add(SLICE, Slice.digest(SLICE.results(UnaryFunction.EXP)));
    Exhaustive withoutOracle =
        new Exhaustive(root, UnaryFunction.EXP, new Oracle(root.resolve("none")));
    assertThat(withoutOracle.checkSlice(SLICE)).isTrue();
    digests.add(SLICE, "00");
    assertThat(withoutOracle.checkSlice(SLICE)).isFalse();
    assertThat(withoutOracle.checkSlice(new Slice(1))).as("nothing was looked at").isFalse();
  }

  @Test
  void remembersWhatIsDone() throws IOException {
    Path file = root.resolve("folder/exp.txt");
    Digests.read(file).add(new Slice(0xab), "12");
    Digests again = Digests.read(file);
    assertThat(again.of(new Slice(0xab))).contains("12");
    assertThat(again.of(new Slice(0xac))).isEmpty();
    assertThat(again.size()).isEqualTo(1);
    again.add(new Slice(1), "34");
    assertThat(Files.readAllLines(file)).containsExactly("01 34", "ab 12");
    assertThat(Digests.read(file).hasSameAs(again)).isTrue();
  }

  @Test
  void comparesEveryResult() {
    byte[] right = bytes(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(Comparison.of(bytes(1, 2, 3, 4, 5, 6, 7, 8), right).wrong()).isZero();
    Comparison all = Comparison.of(bytes(0, 0, 0, 0, 0, 0, 0, 0), right);
    assertThat(all.wrong()).isEqualTo(8);
    assertThat(all.first()).containsExactly(0, 1, 2, 3, 4);
    assertThat(Comparison.of(bytes(1, 2, 3, 4, 5, 6, 7, -8), right))
        .isEqualTo(new Comparison(1, List.of(7)));
    assertThatThrownBy(() -> Comparison.of(bytes(1), right))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void negatesAllButZeroAndNaN() {
    assertThat(Comparison.negated(bytes(0, 0x3f800000, 0xff800000, 0x7fc00000, 0x80000001)))
        .isEqualTo(bytes(0, 0xbf800000, 0x7f800000, 0x7fc00000, 0x00000001));
  }

  /** With an oracle that answers this to everything. */
  private Exhaustive exhaustive(byte[] answer) throws IOException {
    Path answers = Files.write(root.resolve("answers"), answer);
    Path program = Files.writeString(root.resolve("oracle"), "#!/bin/sh\ncat '" + answers + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Exhaustive(root, UnaryFunction.EXP, new Oracle(program));
  }

  private static byte[] ones(int count) {
    ByteBuffer ones = ByteBuffer.allocate(count * Integer.BYTES);
    while (ones.hasRemaining()) {
      ones.putInt(0x3f800000);
    }
    return ones.array();
  }

  private static byte[] bytes(int... results) {
    ByteBuffer bytes = ByteBuffer.allocate(results.length * Integer.BYTES);
    for (int result : results) {
      bytes.putInt(result);
    }
    return bytes.array();
  }
}
