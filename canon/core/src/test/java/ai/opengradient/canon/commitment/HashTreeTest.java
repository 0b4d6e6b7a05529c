package ai.opengradient.canon.commitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.GoldenVectors;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashTreeTest {
  @ParameterizedTest
  @MethodSource("openings")
  void opensWhatTheThirdHandOpens(JsonNode vector) {
    Optional<Hash> root =
        HashTree.root(
            vector.get("depth").intValue(),
            GoldenVectors.integers(vector.get("places")),
            hashes(vector.get("hashes")),
            hashes(vector.get("siblings")));
    assertThat(root.filter(Hash.of(GoldenVectors.bytes(vector.get("root")))::equals).isPresent())
        .isEqualTo(vector.get("opens").booleanValue());
  }

  @Test
  void opensEverySetOfPlacesOfSmallTreesAndRandomOnesOfLarger() {
    long seed = 20261128;
    Random random = new Random(seed);
    for (int leaves = 1; leaves <= 40; leaves++) {
      HashTree tree = HashTree.of(leaves(leaves));
      int places = 1 << tree.depth();
      for (int draw = 0; draw < 64; draw++) {
        SortedSet<Integer> chosen = new TreeSet<>();
        for (int place = 0; place < places; place++) {
          boolean isIn = places <= 6 ? (draw >> place & 1) == 1 : random.nextInt(3) == 0;
          if (isIn) {
            chosen.add(place);
          }
        }
        if (!chosen.isEmpty()) {
          int present = leaves;
          List<Hash> hashes =
              chosen.stream()
                  .map(place -> place < present ? leaf(place) : HashTree.MISSING)
                  .toList();
          assertThat(HashTree.root(tree.depth(), List.copyOf(chosen), hashes, tree.open(chosen)))
              .as("seed %d, %d leaves, places %s", seed, leaves, chosen)
              .contains(tree.root());
        }
      }
    }
  }

  @Test
  void hasAHashAtEveryPlace() {
    HashTree tree = HashTree.of(leaves(5));
    assertThat(tree.at(3, 0)).isEqualTo(tree.root());
    assertThat(tree.at(0, 4)).isEqualTo(leaf(4));
    assertThat(tree.at(0, 7)).isEqualTo(HashTree.MISSING);
    for (int level = 0; level < tree.depth(); level++) {
      for (int place = 0; place < 1 << (tree.depth() - level - 1); place++) {
        assertThat(tree.at(level + 1, place))
            .isEqualTo(HashTree.inner(tree.at(level, 2 * place), tree.at(level, 2 * place + 1)));
      }
    }
    for (int[] place : new int[][] {{0, 8}, {3, 1}, {4, 0}, {-1, 0}, {1, -1}}) {
      assertThatThrownBy(() -> tree.at(place[0], place[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has no place");
    }
  }

  @Test
  void opensHashesAboveTheLeaves() {
    HashTree tree = HashTree.of(leaves(21));
    List<Hash> siblings =
        HashTree.open(3, new TreeSet<>(List.of(2, 5)), (level, place) -> tree.at(level + 2, place));
    assertThat(HashTree.root(3, List.of(2, 5), List.of(tree.at(2, 2), tree.at(2, 5)), siblings))
        .contains(tree.root());
  }

  @Test
  void hasTheRootOfTheTreeThatKeepsNothing() {
    for (int bytes = 0; bytes < 9 * 1024; bytes += 511) {
      ByteBuffer data = ByteBuffer.wrap(new byte[bytes]);
      for (int at = 0; at < bytes; at++) {
        data.put(at, (byte) (at * 31));
      }
      HashTree tree = TensorTree.tree(data);
      assertThat(tree.root()).isEqualTo(TensorTree.root(data));
      assertThat(tree.depth()).isEqualTo(HashTree.depth(TensorTree.leafCount(bytes)));
    }
  }

  @Test
  void needsTwoSiblingsALevelForARange() {
    HashTree tree = HashTree.of(leaves(64));
    SortedSet<Integer> range = new TreeSet<>(IntStream.range(13, 43).boxed().toList());
    assertThat(tree.open(range)).hasSizeLessThanOrEqualTo(2 * tree.depth());
  }

  @Test
  void refusesNoLeavesAndPlacesThatItHasNot() {
    assertThatThrownBy(() -> HashTree.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    HashTree tree = HashTree.of(leaves(3));
    assertThatThrownBy(() -> tree.open(new TreeSet<>()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.open(new TreeSet<>(List.of(4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth 2");
    assertThatThrownBy(() -> tree.open(new TreeSet<>(List.of(-1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoPlacesOrDepthsThatNoTreeHas() {
    Hash one = leaf(1);
    Hash other = leaf(2);
    int last = Integer.MAX_VALUE;
    List<Hash> siblings = Collections.nCopies(31, one);
    assertThat(HashTree.root(31, List.of(last), List.of(one), siblings)).isPresent();
    assertThat(HashTree.root(31, List.of(last, last), List.of(one, other), siblings)).isEmpty();
    assertThat(HashTree.root(31, List.of(last, 5), List.of(one, other), siblings)).isEmpty();
    assertThat(HashTree.root(-1, List.of(0), List.of(one), List.of())).isEmpty();
    assertThat(HashTree.root(32, List.of(0), List.of(one), Collections.nCopies(32, one))).isEmpty();
    assertThat(HashTree.root(1, List.of(0), List.of(one, other), List.of())).isEmpty();
  }

  private static List<Hash> leaves(int count) {
    return IntStream.range(0, count).mapToObj(HashTreeTest::leaf).toList();
  }

  private static Hash leaf(int place) {
    return Words.tagged(0).add(place).hash();
  }

  private static List<Hash> hashes(JsonNode list) {
    List<Hash> hashes = new ArrayList<>();
    list.forEach(hash -> hashes.add(Hash.of(GoldenVectors.bytes(hash))));
    return hashes;
  }

  static Stream<Named<JsonNode>> openings() {
    return GoldenVectors.read("openings.json", "openings")
        .map(vector -> Named.of(vector.get("why").textValue(), vector));
  }
}
