package ai.opengradient.canon.engine.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.opengradient.canon.GoldenVectors;
import ai.opengradient.canon.commitment.TensorTree;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanewiseTensorTreeTest {
  private static final int LEAF = TensorTree.LEAF_LENGTH;
  private static final int RATE = 136;

  @ParameterizedTest
  @MethodSource("vectors")
  void givesTheRootsOfTheVectors(JsonNode vector) {
    byte[] data = GoldenVectors.bytes(vector.get("data"));
    assertThat(LanewiseTensorTree.root(ByteBuffer.wrap(data)))
        .hasToString(vector.get("treeRoot").textValue());
  }

  @Test
  void agreesOnEveryLengthAroundTheBlocksOfALeaf() {
    for (int blocks = 0; blocks * RATE <= LEAF + RATE; blocks++) {
      agreesAround(blocks * RATE, 20261128);
    }
  }

  @Test
  void agreesOnEveryLengthAroundTheLeaves() {
    for (int leaves = 1; leaves <= 40; leaves++) {
      agreesAround(leaves * LEAF, 20261129);
    }
  }

  /** The buffer takes 64 leaves with eight lanes, fewer with fewer. */
  @Test
  void agreesOnEveryLengthAroundFullBuffers() {
    for (int leaves = 64; leaves <= 256; leaves *= 2) {
      agreesAround(leaves * LEAF, 20261130);
      agreesAround((leaves + 1) * LEAF, 20261130);
    }
  }

  @Test
  void agreesOnAnyLengthInAnyPiecesWithOneInstance() {
    long seed = 20261201;
    Random random = new Random(seed);
    LanewiseTensorTree tree = new LanewiseTensorTree();
    for (int round = 0; round < 60; round++) {
      byte[] data = bytes(random.nextInt(300 * LEAF), random);
      int longest = 1 + random.nextInt(100 * LEAF);
      for (int position = 0; position < data.length; ) {
        int taken = Math.min(1 + random.nextInt(longest), data.length - position);
        update(tree, data, position, taken, random);
        position += taken;
      }
      assertThat(tree.root())
          .as("seed %d, round %d, %d bytes", seed, round, data.length)
          .isEqualTo(TensorTree.root(data));
    }
  }

  @Test
  void readsMemoryOutsideTheHeap() {
    long seed = 20261202;
    byte[] data = bytes(70 * LEAF + 5, new Random(seed));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(data.length).copyFrom(MemorySegment.ofArray(data));
      assertThat(LanewiseTensorTree.root(segment))
          .as("seed %d", seed)
          .isEqualTo(TensorTree.root(data));
    }
  }

  @Test
  void leavesAWholeBufferWhereItWasAndEmptiesAPiece() {
    ByteBuffer bytes = ByteBuffer.allocate(3_000).position(5).limit(2_500);
    LanewiseTensorTree.root(bytes);
    assertThat(bytes).isEqualTo(ByteBuffer.allocate(3_000).position(5).limit(2_500));
    new LanewiseTensorTree().update(bytes);
    assertThat(bytes.position()).isEqualTo(2_500);
  }

  static Stream<JsonNode> vectors() {
    return GoldenVectors.read("tensor-commitments.json", "vectors");
  }

  private static void agreesAround(int length, long seed) {
    byte[] data = bytes(length + 2, new Random(seed));
    for (int least = Math.max(0, length - 2); least <= length + 2; least++) {
      byte[] part = Arrays.copyOf(data, least);
      assertThat(LanewiseTensorTree.root(ByteBuffer.wrap(part)))
          .as("seed %d, %d bytes", seed, least)
          .isEqualTo(TensorTree.root(part))
          .satisfies(root -> assertThat(root.bytes()).isEqualTo(BouncyCastleTree.root(part)));
    }
  }

  private static void update(
      LanewiseTensorTree tree, byte[] data, int position, int length, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> tree.update(ByteBuffer.wrap(data, position, length));
      case 1 -> tree.update(ByteBuffer.wrap(data, position, length).slice().asReadOnlyBuffer());
      default -> tree.update(MemorySegment.ofArray(data).asSlice(position, length));
    }
  }

  private static byte[] bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
