package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.BOOL;
import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.arithmetic.Band;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.VerdictProgram;
import ai.opengradient.canon.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Band BAND = new Band(0x38d1b717, 0x3a83126f); // 0.0001, 0.001
  private static final int COUNT = 2_500;

  /**
   * The direct judgement and the program that a verdict is made into, over claims near the edge.
   */
  @Test
  void isWhatTheVerdictProgramSays() {
    long seed = 20261128;
    Random random = new Random(seed);
    Program identity =
        new Program(
            List.of(new Node.Input(FLOAT32, COUNT, 0), new Node.Input(INT32, 3, 1)), List.of(0, 1));
    Program verdictProgram = VerdictProgram.of(identity, List.of(BAND, Band.EXACT));
    int right = 0;
    for (int draw = 0; draw < 60; draw++) {
      float[] exact = new float[COUNT];
      float[] claimed = new float[COUNT];
      for (int at = 0; at < COUNT; at++) {
        exact[at] = (float) random.nextGaussian() * 1000;
        claimed[at] = exact[at] * (1 + (random.nextFloat() - 0.5f) * 0.001999f);
      }
      int[] labels = {1, 2, 3};
      int[] claimedLabels = {1, 2, random.nextInt(8) == 0 ? 4 : 3};
      if (random.nextBoolean()) {
        int at = random.nextInt(COUNT);
        claimed[at] = exact[at] * 1.0012f + 1;
      }
      List<WholeTensor> outputs =
          List.of(
              WholeTensor.of(Tensor.ofFloats(exact, COUNT)),
              WholeTensor.of(Tensor.ofInts(labels, 3)));
      List<WholeTensor> claims =
          List.of(
              WholeTensor.of(Tensor.ofFloats(claimed, COUNT)),
              WholeTensor.of(Tensor.ofInts(claimedLabels, 3)));
      boolean isRight =
          Verdict.firstWrong(claims.get(0), outputs.get(0), BAND).isEmpty()
              && Verdict.firstWrong(claims.get(1), outputs.get(1), Band.EXACT).isEmpty();
      Trace trace = Trace.of(verdictProgram, new GivenTensors(outputs, Map.of(), claims));
      Optional<WholeTensor> verdict = trace.tensors().getLast();
      assertThat(verdict.orElseThrow().element(0)).as("seed %d", seed).isEqualTo(isRight ? 1 : 0);
      right += isRight ? 1 : 0;
    }
    assertThat(right).as("right claims").isBetween(10, 50);
  }

  @Test
  void namesTheFirstWrongElement() {
    WholeTensor exact = WholeTensor.of(Tensor.ofFloats(new float[] {1, 2, 3, 4}, 4));
    WholeTensor claim = WholeTensor.of(Tensor.ofFloats(new float[] {1, 2.001f, 3.5f, 5}, 4));
    assertThat(Verdict.firstWrong(claim, exact, BAND)).hasValue(2);
    assertThat(Verdict.firstWrong(claim, exact, Band.EXACT)).hasValue(1);
    assertThat(Verdict.firstWrong(exact, exact, Band.EXACT)).isEmpty();
  }

  @Test
  void ignoresTheBandOfWhatIsNotFloat32() {
    WholeTensor exact = WholeTensor.of(Tensor.ofInts(new int[] {100}, 1));
    WholeTensor claim = WholeTensor.of(Tensor.ofInts(new int[] {101}, 1));
    assertThat(Verdict.firstWrong(claim, exact, new Band(0x42c80000, 0))).hasValue(0);
  }

  @Test
  void readsEveryFormOfABoolAlike() {
    WholeTensor exact = bools(1, 0, 1);
    assertThat(Verdict.firstWrong(bools(255, 0, 7), exact, Band.EXACT)).isEmpty();
    assertThat(Verdict.firstWrong(bools(1, 1, 1), exact, Band.EXACT)).hasValue(1);
  }

  @Test
  void comparesOnlyLikeWithLike() {
    WholeTensor exact = WholeTensor.of(Tensor.ofFloats(new float[] {1}, 1));
    assertThatThrownBy(
            () -> Verdict.firstWrong(WholeTensor.of(Tensor.ofInts(new int[] {1}, 1)), exact, BAND))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            Verdict.firstWrong(WholeTensor.of(Tensor.ofFloats(new float[] {1, 1}, 2)), exact, BAND))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static WholeTensor bools(int... bytes) {
    ByteBuffer data = ByteBuffer.allocate(bytes.length);
    for (int value : bytes) {
      data.put((byte) value);
    }
    return new WholeTensor(BOOL, bytes.length, data.flip());
  }
}
