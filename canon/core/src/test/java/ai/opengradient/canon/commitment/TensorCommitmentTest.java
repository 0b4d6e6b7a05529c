package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.Tensor;
import ai.opengradient.canon.tensor.TensorType;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorCommitmentTest {
  @ParameterizedTest
  @MethodSource("vectors")
  void givesTheRootsAndHashesOfTheVectors(JsonNode vector) {
    byte[] data = GoldenVectors.bytes(vector.get("data"));
    TensorType type =
        new TensorType(
            DataType.fromCode(vector.get("dtype").intValue()), GoldenVectors.shape(vector));

    assertThat(TensorTree.root(data)).hasToString(vector.get("treeRoot").textValue());
    assertThat(TensorCommitment.of(Tensor.of(type, data)))
        .hasToString(vector.get("tensorHash").textValue());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void givesTheSameRootHoweverTheBytesArrive(JsonNode vector) {
    byte[] data = GoldenVectors.bytes(vector.get("data"));
    long seed = data.length;
    Random random = new Random(seed);
    TensorTree tree = new TensorTree();
    for (int position = 0; position < data.length; ) {
      int taken = Math.min(1 + random.nextInt(2_000), data.length - position);
      tree.update(ByteBuffer.wrap(data, position, taken));
      position += taken;
    }
    assertThat(tree.root()).as("seed %d", seed).hasToString(vector.get("treeRoot").textValue());
  }

  @Test
  void leavesTheBufferWhereItWas() {
    ByteBuffer bytes = ByteBuffer.allocate(3_000).position(5);
    TensorTree.root(bytes);
    assertThat(bytes.position()).isEqualTo(5);
  }

  /** The definition read literally: a perfect tree with every missing leaf in its place. */
  @Test
  void agreesWithTheWholeTreeBuiltInMemory() {
    for (int leaves = 1; leaves <= 70; leaves++) {
      byte[] data = new byte[leaves * TensorTree.LEAF_LENGTH - 3];
      new Random(leaves).nextBytes(data);
      assertThat(TensorTree.root(data)).as("%d leaves", leaves).isEqualTo(wholeTree(data, leaves));
    }
    assertThat(TensorTree.root(new byte[0])).isEqualTo(TensorTree.root(new byte[1]));
  }

  static Stream<JsonNode> vectors() {
    return GoldenVectors.read("tensor-commitments.json", "vectors");
  }

  private static Hash wholeTree(byte[] data, int leaves) {
    int places = 1;
    while (places < leaves) {
      places *= 2;
    }
    Hash[] level = new Hash[places];
    for (int place = 0; place < places; place++) {
      byte[] leaf = new byte[TensorTree.LEAF_LENGTH];
      int from = place * TensorTree.LEAF_LENGTH;
      if (place < leaves) {
        System.arraycopy(data, from, leaf, 0, Math.min(leaf.length, data.length - from));
      }
      level[place] =
          place < leaves ? Keccak256.hash(new byte[] {0}, leaf) : Keccak256.hash(new byte[] {3});
    }
    while (level.length > 1) {
      Hash[] above = new Hash[level.length / 2];
      for (int node = 0; node < above.length; node++) {
        above[node] =
            Keccak256.hash(new byte[] {1}, level[2 * node].bytes(), level[2 * node + 1].bytes());
      }
      level = above;
    }
    return level[0];
  }
}
