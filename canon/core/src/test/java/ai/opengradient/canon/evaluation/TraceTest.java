package ai.opengradient.canon.evaluation;

import static ai.opengradient.canon.tensor.DataType.FLOAT32;
import static ai.opengradient.canon.tensor.DataType.INT64;
import static ai.opengradient.canon.tensor.DataType.UINT8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.program.Expression;
import ai.opengradient.canon.program.Node;
import ai.opengradient.canon.program.Primitive;
import ai.opengradient.canon.program.Program;
import ai.opengradient.canon.program.Space;
import ai.opengradient.canon.tensor.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceTest {
  /** What stands beyond a weight's last element is committed to, and is not read. */
  @Test
  void readsTheFirstElementsOfAWeight() {
    byte[] data = {0x3f, -128, 0, 0, 0x40, 0, 0, 0, 0x40, 0x40, 0, 0};
    Hash root = TensorTree.root(data);
    Trace trace = run(new Node.Weight(FLOAT32, 2, root), Map.of(root, ByteBuffer.wrap(data)));
    WholeTensor weight = trace.tensors().getFirst().orElseThrow();
    assertThat(weight.count()).isEqualTo(2);
    assertThat(weight.element(1)).isEqualTo(0x40000000);
    assertThat(trace.commitments()).containsExactly(TensorCommitment.of(FLOAT32, 2, root));
  }

  @Test
  void fillsTheLastLeafOfAWeightWithZeros() {
    byte[] data = {7};
    Hash root = TensorTree.root(data);
    Trace trace = run(new Node.Weight(UINT8, 1024, root), Map.of(root, ByteBuffer.wrap(data)));
    WholeTensor weight = trace.tensors().getFirst().orElseThrow();
    assertThat(weight.element(0)).isEqualTo(7);
    assertThat(weight.element(1023)).isZero();
  }

  @Test
  void needsEveryLeafOfAWeight() {
    byte[] data = new byte[3 * 1024];
    Hash root = TensorTree.root(data);
    Map<Hash, ByteBuffer> weights = Map.of(root, ByteBuffer.wrap(data));
    assertThatThrownBy(() -> run(new Node.Weight(UINT8, 1, Hash.of(new byte[32])), weights))
        .isInstanceOf(EvaluationException.MissingWeight.class)
        .hasMessageContaining("node 0")
        .hasMessageContaining("fetch the model");
    for (int count : List.of(3 * 1024 + 1, 2 * 1024, 5 * 1024)) {
      assertThatThrownBy(() -> run(new Node.Weight(UINT8, count, root), weights))
          .isInstanceOf(EvaluationException.MissingWeight.class)
          .hasMessageContaining("has 3 leaves");
    }
    assertThat(run(new Node.Weight(UINT8, 2 * 1024 + 1, root), weights).tensors().getFirst())
        .isPresent();
  }

  @Test
  void holdsNoTensorThatNoBufferHolds() {
    assertThatThrownBy(() -> run(ones(INT64, 1 << 30), Map.of()))
        .isInstanceOf(EvaluationException.TooLarge.class)
        .hasMessageContaining("8589934592 bytes")
        .hasMessageContaining("single elements");
    assertThatThrownBy(() -> run(ones(UINT8, Integer.MAX_VALUE), Map.of()))
        .isInstanceOf(EvaluationException.TooLarge.class);
  }

  private static Node ones(DataType type, int count) {
    return new Node.Map(
        type, Space.of(count), List.of(), Expression.of(new Primitive.Constant(type, 1)));
  }

  private static Trace run(Node node, Map<Hash, ByteBuffer> weights) {
    return Trace.of(
        new Program(List.of(node), List.of(0)), new GivenTensors(List.of(), weights, List.of()));
  }
}
