package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Mutation;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.ProgramException;
import ai.opengradient.canon.tensor.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Descriptors that a stranger damaged and that are still valid, over tensors of any types and
 * sizes: a step gives an element of the node's type, in canonical form, and never fails.
 */
class StepFuzzTest {
  private static final int DRAWS = 150_000;
  private static final int TENSORS = 8;
  private static final List<DataType> TYPES = List.of(DataType.values());

  private final long seed = new Random().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @Test
  void givesAnElement() {
    List<byte[]> samples = new ArrayList<>();
    for (JsonNode vector :
        (Iterable<JsonNode>) GoldenVectors.read("descriptors.json", "descriptors")::iterator) {
      if (vector.get("valid").booleanValue()) {
        samples.add(GoldenVectors.bytes(vector.get("descriptor")));
      }
    }
    Mutation mutation = new Mutation(random, samples);
    int evaluated = 0;
    int unfitting = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] sample = samples.get(random.nextInt(samples.size()));
      Descriptor descriptor = Descriptor.of(random.nextInt(3) == 0 ? sample : mutation.of(sample));
      try {
        if (descriptor.node(TENSORS) instanceof Node.Computed node) {
          Optional<ElementRule> rule = ElementRule.of(node, operands(node));
          if (rule.isPresent()) {
            evaluated++;
            requireCanonical(node.dataType(), rule.get().element(random.nextInt(node.count())));
          } else {
            unfitting++;
          }
        }
      } catch (ProgramException e) {
        // Not valid: other tests look at that.
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + descriptor, e);
      }
    }
    System.out.printf(
        "%,d damaged descriptors, seed %d: %,d steps evaluated, %,d with unfitting operands%n",
        DRAWS, seed, evaluated, unfitting);
    assertThat(evaluated).as("seed %d", seed).isGreaterThan(DRAWS / 10);
  }

  /** Mostly of the types that the node wants, of sizes around those of its views. */
  private List<WholeTensor> operands(Node.Computed node) {
    List<WholeTensor> operands = new ArrayList<>();
    for (Operand operand : node.operands()) {
      DataType type =
          random.nextInt(40) == 0 ? TYPES.get(random.nextInt(TYPES.size())) : operand.dataType();
      int count = Math.clamp(operand.view().size() + random.nextLong(-2, 3), 1, 5_000);
      byte[] data = new byte[count * type.width()];
      random.nextBytes(data);
      operands.add(new WholeTensor(type, count, ByteBuffer.wrap(data)));
    }
    return operands;
  }

  private void requireCanonical(DataType type, long element) {
    byte[] bytes = ScalarNodes.bytes(type, element);
    assertThat(ScalarNodes.scalar(type, bytes).element(0))
        .as("%s in canonical form, seed %d", type, seed)
        .isEqualTo(element);
  }
}
