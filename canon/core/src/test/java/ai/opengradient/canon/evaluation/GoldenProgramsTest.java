package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.commitment.TraceCommitment;
import ai.opengradient.canon.program.Descriptor;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Operand;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.ProgramCommitment;
import ai.opengradient.canon.program.ProgramException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole programs in their jobs: every node's tensor, and every commitment, against the third hand.
 */
class GoldenProgramsTest {
  @ParameterizedTest
  @MethodSource("programs")
  void defineTheirTensors(JsonNode vector) {
    TracedVector.of(vector).compare();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void haveTheirCommitments(JsonNode vector) {
    Framed framed = Framed.of(vector);
    Hash program = ProgramCommitment.of(framed.descriptors(), framed.outputs());
    assertThat(program).hasToString(vector.get("program").textValue());
    JsonNode trace = vector.get("trace");
    assertThat(
            TraceCommitment.of(
                new BigInteger(trace.get("chainId").textValue()),
                new BigInteger(trace.get("court").textValue().substring(2), 16),
                new BigInteger(trace.get("job").textValue()),
                program,
                Trace.of(framed.descriptors(), GoldenVectors.given(vector)).tree().root()))
        .hasToString(trace.get("hash").textValue());
    byte[] file = GoldenVectors.bytes(vector.get("file"));
    if (vector.get("valid").booleanValue()) {
      Program decoded = Program.decode(file);
      assertThat(decoded.encode()).isEqualTo(file);
      assertThat(decoded.hash()).isEqualTo(program);
      assertThat(Trace.of(decoded, GoldenVectors.given(vector)))
          .isEqualTo(Trace.of(framed.descriptors(), GoldenVectors.given(vector)));
    } else {
      assertThatThrownBy(() -> Program.decode(file)).isInstanceOf(ProgramException.class);
    }
  }

  /** What a court does: from the leaves that an element needs, opened, and from no others. */
  @ParameterizedTest
  @MethodSource("programs")
  void giveEveryElementFromOpenedLeaves(JsonNode vector) {
    List<Descriptor> descriptors = Framed.of(vector).descriptors();
    GivenTensors given = GoldenVectors.given(vector);
    Trace trace = Trace.of(descriptors, given);
    for (int position = 0; position < descriptors.size(); position++) {
      Optional<WholeTensor> tensor = trace.tensors().get(position);
      if (tensor.isPresent()
          && descriptors.get(position).node(position) instanceof Node.Computed node) {
        int step = Math.max(1, node.count() / 8);
        for (int index = 0; index < node.count(); index += step) {
          assertThat(fromLeaves(node, descriptors, trace, given, index))
              .as("element %d of node %d", index, position)
              .isEqualTo(tensor.get().element(index));
        }
      }
    }
  }

  private static long fromLeaves(
      Node.Computed node,
      List<Descriptor> descriptors,
      Trace trace,
      GivenTensors given,
      int index) {
    List<LeafRecorder> recorders = new ArrayList<>();
    for (Operand operand : node.operands()) {
      recorders.add(new LeafRecorder(trace.tensors().get(operand.node()).orElseThrow()));
    }
    long element = ElementRule.of(node, recorders).orElseThrow().element(index);
    List<ElementSource> opened = new ArrayList<>();
    for (int at = 0; at < recorders.size(); at++) {
      LeafRecorder recorder = recorders.get(at);
      int operand = node.operands().get(at).node();
      opened.add(
          recorder.leaves().isEmpty()
              ? recorder
              : opening(recorder, committed(descriptors, operand, trace, given))
                  .verified(trace.commitments().get(operand))
                  .orElseThrow());
    }
    assertThat(ElementRule.of(node, opened).orElseThrow().element(index)).isEqualTo(element);
    return element;
  }

  private static LeafOpening opening(LeafRecorder recorder, ByteBuffer committed) {
    return new LeafOpening(
        recorder.dataType(),
        recorder.count(),
        List.copyOf(recorder.leaves()),
        recorder.leaves().stream().map(leaf -> TensorTree.leaf(committed, leaf)).toList(),
        TensorTree.tree(committed).open(recorder.leaves()));
  }

  /** The bytes that a node's commitment is about: of a weight more than its elements, perhaps. */
  private static ByteBuffer committed(
      List<Descriptor> descriptors, int position, Trace trace, GivenTensors given) {
    return descriptors.get(position).node(position) instanceof Node.Weight weight
        ? Objects.requireNonNull(given.weights().get(weight.root()))
        : trace.tensors().get(position).orElseThrow().data();
  }

  static Stream<Named<JsonNode>> programs() {
    return GoldenVectors.read("programs.json", "programs")
        .map(vector -> Named.of(vector.get("name").textValue(), vector));
  }
}
