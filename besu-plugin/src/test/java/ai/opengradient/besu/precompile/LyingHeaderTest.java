package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.tensor.DataType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Offsets that the price and the call read otherwise: what a call comes to, it costs, however its
 * header says it.
 */
class LyingHeaderTest {
  private static final int DRAWS = 40_000;
  private static final int WORD = CallData.WORD;

  /** What is added to an offset: with most of them, its last four bytes stay or become small. */
  private static final List<BigInteger> FAR =
      List.of(
          BigInteger.ONE.shiftLeft(31),
          BigInteger.ONE.shiftLeft(32),
          BigInteger.ONE.shiftLeft(33),
          BigInteger.ONE.shiftLeft(64),
          BigInteger.ONE.shiftLeft(128),
          BigInteger.ONE.shiftLeft(255));

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void costsWhatTheSameOutcomeCosts() {
    Map<String, byte[]> calls = new LinkedHashMap<>(WorstCalls.all());
    calls.put(
        "a tree without siblings",
        CallWriter.rootOfLeaves(
            3, Openable.of(DataType.UINT8, new byte[8 << 10]).whole().opened()));
    List<Map.Entry<String, byte[]>> samples =
        calls.entrySet().stream()
            .filter(sample -> sample.getValue().length > 100 && sample.getValue().length < 1 << 16)
            // These open a leaf that no term is in, and may as well not open it.
            .filter(sample -> !sample.getKey().startsWith("absent"))
            .filter(sample -> isWork(CanonPrecompile.run(sample.getValue())))
            .toList();
    TreeMap<String, Integer> alike = new TreeMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      Map.Entry<String, byte[]> sample = samples.get(random.nextInt(samples.size()));
      byte[] honest = sample.getValue();
      byte[] lying = lying(honest);
      if (isSame(CanonPrecompile.run(honest), CanonPrecompile.run(lying))) {
        alike.merge(sample.getKey(), 1, Integer::sum);
        assertThat(gas(lying))
            .as("%s, seed %d, draw %d", sample.getKey(), seed, draw)
            .isGreaterThanOrEqualTo(gas(honest));
      }
    }
    System.out.printf("Calls that lie to no effect, seed %d: %s%n", seed, alike);
    assertThat(alike).as("seed %d", seed).hasSizeGreaterThan(10);
  }

  /** Another offset in one of the words in front, or one that leads before the call. */
  private byte[] lying(byte[] honest) {
    byte[] call = honest.clone();
    int words = Math.min(24, (call.length - CanonPrecompile.SELECTOR_LENGTH) / WORD);
    int at = CanonPrecompile.SELECTOR_LENGTH + random.nextInt(words) * WORD;
    BigInteger number = new BigInteger(Arrays.copyOfRange(call, at, at + WORD));
    BigInteger far = FAR.get(random.nextInt(FAR.size()));
    BigInteger near = BigInteger.valueOf(random.nextInt(-64, call.length));
    number =
        switch (random.nextInt(4)) {
          case 0 -> number.subtract(far);
          case 1 -> far.negate().add(near);
          case 2 -> BigInteger.valueOf(-at + random.nextInt(-64, 64));
          default -> near.subtract(BigInteger.valueOf(at));
        };
    byte[] bytes = number.toByteArray();
    Arrays.fill(call, at, at + WORD, (byte) (number.signum() < 0 ? 0xff : 0));
    int length = Math.min(WORD, bytes.length);
    System.arraycopy(bytes, bytes.length - length, call, at + WORD - length, length);
    return call;
  }

  /** What is void, or not valid, is so whatever else is there. */
  private static boolean isWork(Outcome outcome) {
    return outcome.returned() && !Arrays.equals(outcome.data(), 0, WORD, new byte[WORD], 0, WORD);
  }

  private static boolean isSame(Outcome one, Outcome other) {
    return one.returned() == other.returned() && Arrays.equals(one.data(), other.data());
  }

  private static long gas(byte[] call) {
    return CanonPrecompile.gas(CallBytes.of(call));
  }
}
