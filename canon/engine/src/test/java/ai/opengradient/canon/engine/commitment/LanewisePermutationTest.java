package ai.opengradient.canon.engine.commitment;

import static ai.opengradient.canon.engine.commitment.LanewisePermutation.LANES;
import static ai.opengradient.canon.engine.commitment.LanewisePermutation.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LanewisePermutationTest {
  /** The build runs all tests several times, on vectors of several widths. */
  @Test
  void hasNoMoreLanesThanThisRunOfTheTestsIsFor() {
    assertThat(LANES)
        .isLessThanOrEqualTo(Integer.getInteger("canon.engine.lanes", Integer.MAX_VALUE));
  }

  @Test
  void permutesZerosToTheKnownState() {
    long[] states = new long[WORDS * LANES];
    LanewisePermutation.permute(states);
    for (int lane = 0; lane < LANES; lane++) {
      assertThat(state(states, lane))
          .as("lane %d", lane)
          .startsWith(
              0xf1258f7940e1dde7L,
              0x84d5ccf933c0478aL,
              0xd598261ea65aa9eeL,
              0xbd1547306f80494dL,
              0x8b284e056253d057L);
    }
  }

  @Test
  void keepsTheLanesApart() {
    long seed = 20261122;
    Random random = new Random(seed);
    long[] states = new long[WORDS * LANES];
    Arrays.setAll(states, word -> random.nextLong());
    long[] before = states.clone();
    LanewisePermutation.permute(states);
    for (int lane = 0; lane < LANES; lane++) {
      long[] alone = new long[WORDS * LANES];
      for (int word = 0; word < WORDS; word++) {
        alone[word * LANES] = before[word * LANES + lane];
      }
      LanewisePermutation.permute(alone);
      assertThat(state(states, lane)).as("seed %d, lane %d", seed, lane).isEqualTo(state(alone, 0));
    }
  }

  private static long[] state(long[] states, int lane) {
    long[] state = new long[WORDS];
    for (int word = 0; word < WORDS; word++) {
      state[word] = states[word * LANES + lane];
    }
    return state;
  }
}
