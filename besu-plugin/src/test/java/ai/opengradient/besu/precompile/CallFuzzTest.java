package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.program.Mutation;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a call is, it has one outcome: the same twice, with memory that its length bounds, for a
 * gas that its length bounds, and without changing the call.
 */
class CallFuzzTest {
  private static final int DRAWS = 200_000;
  private static final int WORD = 32;

  /** Sixteen operands may open the same leaves. */
  private static final int BYTES_ALLOCATED_PER_BYTE = 4;

  /** Descriptors of 1,024 bytes take most of it. */
  private static final int BYTES_ALLOCATED_AT_MOST_FOR_NOTHING = 1 << 18;

  /**
   * An INNER for each word of the call, in each of sixteen operands, and all that a step can have.
   */
  private static final long GAS_PER_BYTE = 16 * 66 / 32 + 1;

  private static final long GAS_AT_MOST_FOR_NOTHING = 3_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<byte[]> samples =
      Stream.of(TypicalCalls.all(), WorstCalls.all())
          .flatMap(calls -> calls.values().stream())
          .filter(call -> call.length < 1 << 17)
          .toList();
  private final Mutation mutation = new Mutation(random, samples);

  @Test
  void isTotal() {
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    long mostAllocated = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] sample = samples.get(random.nextInt(samples.size()));
      byte[] call = random.nextInt(4) == 0 ? mutation.of(sample) : withWords(sample);
      byte[] copy = call.clone();
      long gas;
      Outcome outcome;
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        gas = CanonPrecompile.gas(CallBytes.of(call));
        outcome = CanonPrecompile.run(call);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", draw " + draw, e);
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      // What is compiled or linked meanwhile is counted, too: the first calls are not looked at.
      if (draw > DRAWS / 10) {
        mostAllocated =
            Math.max(mostAllocated, allocated - (long) BYTES_ALLOCATED_PER_BYTE * call.length);
      }
      assertThat(call).as("seed %d, draw %d", seed, draw).isEqualTo(copy);
      assertThat(gas)
          .as("seed %d, draw %d", seed, draw)
          .isBetween(1L, GAS_AT_MOST_FOR_NOTHING + GAS_PER_BYTE * call.length);
      if (draw % 16 == 0) {
        Outcome again = CanonPrecompile.run(call);
        assertThat(again.returned()).isEqualTo(outcome.returned());
        assertThat(again.data()).isEqualTo(outcome.data());
      }
      outcomes.merge(name(outcome), 1, Integer::sum);
    }
    System.out.printf(
        "%,d damaged calls, seed %d: %s; beyond %d bytes a byte they allocated at most %,d%n",
        DRAWS, seed, outcomes, BYTES_ALLOCATED_PER_BYTE, mostAllocated);
    assertThat(mostAllocated)
        .as("bytes, seed %d", seed)
        .isLessThan(BYTES_ALLOCATED_AT_MOST_FOR_NOTHING);
    assertThat(outcomes.get("returned")).as("seed %d", seed).isGreaterThan(DRAWS / 10);
    assertThat(outcomes).as("seed %d", seed).hasSizeGreaterThan(5);
  }

  private static String name(Outcome outcome) {
    if (outcome.returned()) {
      return "returned";
    }
    return outcome.data().length == 0
        ? "nothing"
        : Integer.toHexString(ByteBuffer.wrap(outcome.data()).getInt());
  }

  /** Damages a word or two, mostly of those before the data: offsets, lengths and numbers. */
  private byte[] withWords(byte[] sample) {
    byte[] call = sample.clone();
    int words = (call.length - CanonPrecompile.SELECTOR_LENGTH) / WORD;
    List<Integer> small = new ArrayList<>();
    for (int word = 0; word < words; word++) {
      int at = CanonPrecompile.SELECTOR_LENGTH + word * WORD;
      if (Arrays.equals(call, at, at + WORD - 4, new byte[WORD], 0, WORD - 4)) {
        small.add(at);
      }
    }
    for (int left = random.nextInt(1, 3); left > 0 && !small.isEmpty(); left--) {
      int at = small.get(random.nextInt(small.size()));
      long number = ByteBuffer.wrap(call).getLong(at + WORD - Long.BYTES);
      long damaged =
          switch (random.nextInt(6)) {
            case 0 -> number + WORD * random.nextLong(-2, 3);
            case 1 -> number + random.nextLong(-2, 3);
            case 2 -> random.nextLong(-call.length, call.length);
            case 3 -> 1L << random.nextInt(64);
            case 4 -> random.nextInt(20);
            default -> -1;
          };
      ByteBuffer.wrap(call).putLong(at + WORD - Long.BYTES, damaged);
      Arrays.fill(
          call, at, at + WORD - Long.BYTES, (byte) (random.nextBoolean() ? 0 : damaged >> 63));
    }
    return call;
  }
}
