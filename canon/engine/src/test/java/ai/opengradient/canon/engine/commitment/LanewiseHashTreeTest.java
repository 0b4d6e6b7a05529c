package ai.opengradient.canon.engine.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanewiseHashTreeTest {
  @Test
  void agreesWithTheCoreOnEveryNumberOfHashesUpToSomeLevels() {
    long seed = 20261126;
    List<Hash> hashes = hashes(200, new Random(seed));
    for (int count = 1; count <= hashes.size(); count++) {
      List<Hash> leaves = hashes.subList(0, count);
      assertThat(LanewiseHashTree.root(leaves))
          .as("seed %d, %d hashes", seed, count)
          .isEqualTo(HashTree.of(leaves).root());
    }
  }

  @Test
  void agreesWithTheCoreOnManyHashesAndStartsAnew() {
    long seed = 20261127;
    Random random = new Random(seed);
    LanewiseHashTree tree = new LanewiseHashTree();
    for (int round = 0; round < 10; round++) {
      List<Hash> leaves = hashes(1 + random.nextInt(3_000), random);
      leaves.forEach(tree::add);
      assertThat(tree.root())
          .as("seed %d, round %d, %d hashes", seed, round, leaves.size())
          .isEqualTo(HashTree.of(leaves).root());
    }
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> LanewiseHashTree.root(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a tree has at least one leaf");
  }

  private static List<Hash> hashes(int count, Random random) {
    return Stream.generate(
            () -> {
              byte[] bytes = new byte[Hash.LENGTH];
              random.nextBytes(bytes);
              return Hash.of(bytes);
            })
        .limit(count)
        .toList();
  }
}
