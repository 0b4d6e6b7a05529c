package ai.opengradient.besu.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.evaluation.GivenTensors;
import ai.opengradient.canon.evaluation.Trace;
import ai.opengradient.canon.evaluation.WholeTensor;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.ProgramException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions, against the vectors that another hand computed. */
class GoldenCallsTest {
  private static final int VOID = 0;
  private static final int GIVEN = 1;
  private static final int COMPUTED = 2;

  private static final byte[] NO_ACCUMULATOR = {};

  @Test
  void knowsItsVersion() {
    assertThat(AnswerReader.returned(CallWriter.specVersion()).word(0)).isEqualTo(1);
  }

  @Test
  void findsTheRootsOfData() {
    GoldenVectors.read("tensor-commitments.json", "vectors")
        .filter(vector -> vector.has("data"))
        .forEach(vector ->
            assertThat(
                    Hash.of(
                        AnswerReader.returned(
                                CallWriter.rootOf(GoldenVectors.bytes(vector.get("data"))))
                            .bytes()))
                .as(vector.get("name").textValue())
                .hasToString(vector.get("treeRoot").textValue()));
  }

  @Test
  void tellsWhatDescriptorsSay() {
    GoldenVectors.read("descriptors.json", "descriptors")
        .forEach(vector -> {
          byte[] descriptor = GoldenVectors.bytes(vector.get("descriptor"));
          long position = vector.get("position").longValue();
          AnswerReader said = AnswerReader.returned(CallWriter.describe(descriptor, position));
          boolean isValid = vector.get("valid").booleanValue();
          assertThat(said.word(0) == 1).as(vector.get("why").textValue()).isEqualTo(isValid);
          if (isValid) {
            Node node = Descriptor.of(descriptor).node((int) position);
            assertThat(said.word(1)).isEqualTo(descriptor[0]);
            assertThat(said.word(2)).isEqualTo(descriptor[1]);
            assertThat(said.word(3)).isEqualTo(node.count());
            assertThat(said.list(4)).isEqualTo(nodes(node));
            assertThat(said.list(5))
                .isEqualTo(
                    node.operands().stream().map(one -> (long) one.dataType().code()).toList());
          } else {
            for (int word : new int[] {1, 2, 3}) {
              assertThat(said.word(word)).isZero();
            }
            assertThat(said.list(4)).isEmpty();
            assertThat(said.list(5)).isEmpty();
          }
        });
  }

  private static List<Long> nodes(Node node) {
    return node.operands().stream().map(operand -> (long) operand.node()).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void computesEveryElement(JsonNode vector) {
    List<Descriptor> descriptors = descriptors(vector);
    GivenTensors given = GoldenVectors.given(vector);
    Trace trace = Trace.of(descriptors, given);
    for (int position = 0; position < descriptors.size(); position++) {
      byte[] descriptor = descriptors.get(position).bytes();
      Optional<WholeTensor> tensor = trace.tensors().get(position);
      Optional<Node> read = node(descriptors.get(position), position);
      List<CallWriter.Operand> operands = new ArrayList<>();
      for (Operand operand : read.map(Node::operands).orElse(List.of())) {
        operands.add(opened(trace, descriptors, operand.node(), given));
      }
      if (!(read.orElse(null) instanceof Node.Computed node) || tensor.isEmpty()) {
        // Whether a tensor that should be given is there is not the step's matter.
        boolean isGiven = read.orElse(null) instanceof Node.Given;
        AnswerReader answer = ask(descriptor, position, 0, operands);
        assertThat(answer.word(0)).isEqualTo(isGiven ? GIVEN : VOID);
        continue;
      }
      for (int element = 0; element < node.count(); element += 1 + node.count() / 40) {
        AnswerReader answer = ask(descriptor, position, element, operands);
        assertThat(answer.word(0)).isEqualTo(COMPUTED);
        assertThat(answer.word(1)).isEqualTo(node.dataType().code());
        assertThat(answer.word(2)).isEqualTo(node.count());
        assertThat(answer.list(3)).isEqualTo(nodes(node));
        assertThat(answer.bits(4))
            .as("element %d of node %d", element, position)
            .isEqualTo(bits(node, tensor.get().element(element)));
        if (node instanceof Node.Fold fold && fold.reduction().isSum()) {
          addsInPortions(descriptor, position, element, operands, fold, answer.bits(4));
        }
      }
    }
  }

  /** Half of the terms, one more, and the rest. */
  private static void addsInPortions(
      byte[] descriptor,
      int position,
      int element,
      List<CallWriter.Operand> operands,
      Node.Fold fold,
      long expected) {
    byte[] accumulator = NO_ACCUMULATOR;
    int half = fold.terms().size() / 2;
    for (int until : new int[] {half, half + 1}) {
      if (until > 0 && until <= fold.terms().size()) {
        CallWriter.Asked asked =
            new CallWriter.Asked(descriptor, position, element, operands, accumulator);
        AnswerReader answer = AnswerReader.returned(CallWriter.accumulate(asked, until));
        accumulator = answer.string(0);
        assertThat(answer.list(1)).isEqualTo(nodes(fold));
        assertThat(ByteBuffer.wrap(accumulator).getInt()).isEqualTo(until);
      }
    }
    CallWriter.Asked asked =
        new CallWriter.Asked(descriptor, position, element, operands, accumulator);
    assertThat(AnswerReader.returned(CallWriter.step(asked)).bits(4)).isEqualTo(expected);
  }

  private static AnswerReader ask(
      byte[] descriptor, int position, int element, List<CallWriter.Operand> operands) {
    return AnswerReader.returned(
        CallWriter.step(
            new CallWriter.Asked(descriptor, position, element, operands, NO_ACCUMULATOR)));
  }

  private static Optional<Node> node(Descriptor descriptor, int position) {
    try {
      return Optional.of(descriptor.node(position));
    } catch (ProgramException e) {
      return Optional.empty();
    }
  }

  private static CallWriter.Operand opened(
      Trace trace, List<Descriptor> descriptors, int position, GivenTensors given) {
    Optional<WholeTensor> tensor = trace.tensors().get(position);
    if (tensor.isEmpty()) {
      return new CallWriter.Operand(0, 0, Hash.of(new byte[Hash.LENGTH]), CallWriter.Leaves.NONE);
    }
    // A weight's data may go on behind its last element.
    ByteBuffer committed =
        descriptors.get(position).node(position) instanceof Node.Weight weight
            ? Objects.requireNonNull(given.weights().get(weight.root())).duplicate()
            : tensor.get().data();
    byte[] data = new byte[committed.remaining()];
    committed.get(data);
    CallWriter.Operand whole = Openable.of(tensor.get().dataType(), data).whole();
    return new CallWriter.Operand(
        whole.dtype(), tensor.get().count(), whole.root(), whole.opened());
  }

  private static long bits(Node node, long element) {
    return element & (-1L >>> (Long.SIZE - node.dataType().width() * Byte.SIZE));
  }

  private static List<Descriptor> descriptors(JsonNode vector) {
    ByteBuffer file = ByteBuffer.wrap(GoldenVectors.bytes(vector.get("file"))).position(1);
    List<Descriptor> descriptors = new ArrayList<>();
    for (int left = file.getInt(); left > 0; left--) {
      byte[] descriptor = new byte[Short.toUnsignedInt(file.getShort())];
      file.get(descriptor);
      descriptors.add(Descriptor.of(descriptor));
    }
    return descriptors;
  }

  static Stream<Named<JsonNode>> programs() {
    return GoldenVectors.read("programs.json", "programs")
        .map(vector -> Named.of(vector.get("name").textValue(), vector));
  }
}
