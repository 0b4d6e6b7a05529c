package ai.opengradient.canon.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.program.ProgramException.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Descriptors and program files that a stranger damaged: each is either another valid one, whose
 * only encoding it is, or refused with a typed error.
 */
class MutationFuzzTest {
  private static final int DESCRIPTORS = 300_000;
  private static final int FILES = 30_000;

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private int valid;

  @Test
  void descriptorsAreValidOrRefused() {
    List<byte[]> samples = samples("descriptors.json", "descriptors", "descriptor");
    Mutation mutation = new Mutation(random, samples);
    for (int draw = 0; draw < DESCRIPTORS; draw++) {
      Descriptor descriptor =
          Descriptor.of(mutation.of(samples.get(random.nextInt(samples.size()))));
      try {
        Node node = descriptor.node(random.nextInt(1, 5));
        assertThat(Descriptor.of(node)).as("seed %d", seed).isEqualTo(descriptor);
        assertThat(StepGas.of(node)).as("seed %d", seed).isBetween(500_000L, StepGas.SUM_CAP);
        valid++;
      } catch (ProgramException e) {
        faults.merge(e.fault(), 1, Integer::sum);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + descriptor, e);
      }
    }
    requireVariety("descriptors", DESCRIPTORS);
  }

  @Test
  void filesAreValidOrRefused() {
    List<byte[]> samples = samples("programs.json", "programs", "file");
    Mutation mutation = new Mutation(random, samples);
    for (int draw = 0; draw < FILES; draw++) {
      byte[] file = mutation.of(samples.get(random.nextInt(samples.size())));
      try {
        assertThat(Program.decode(file).encode()).as("seed %d", seed).isEqualTo(file);
        valid++;
      } catch (ProgramException e) {
        faults.merge(e.fault(), 1, Integer::sum);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    requireVariety("program files", FILES);
  }

  private void requireVariety(String what, int draws) {
    System.out.printf(
        "%,d damaged %s, seed %d: %,d valid, refused %s%n", draws, what, seed, valid, faults);
    assertThat(valid).as("valid, seed %d", seed).isGreaterThan(draws / 100);
    assertThat(faults.keySet())
        .as("faults, seed %d", seed)
        .contains(
            Fault.TRUNCATED,
            Fault.TRAILING_BYTES,
            Fault.UNKNOWN_CODE,
            Fault.OUT_OF_RANGE,
            Fault.TOO_MUCH,
            Fault.DANGLING_OPERAND,
            Fault.WRONG_TYPE);
  }

  private static List<byte[]> samples(String file, String list, String field) {
    List<byte[]> samples = new ArrayList<>();
    for (JsonNode vector : (Iterable<JsonNode>) GoldenVectors.read(file, list)::iterator) {
      if (vector.get("valid").booleanValue()) {
        samples.add(GoldenVectors.bytes(vector.get(field)));
      }
    }
    return samples;
  }
}
