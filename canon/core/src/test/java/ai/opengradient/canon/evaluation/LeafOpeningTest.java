package ai.opengradient.canon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorCommitment;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import ai.opengradient.canon.tensor.TensorException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is damaged opens nothing. */
class LeafOpeningTest {
  private static final WholeTensor TENSOR = longs(128 * 5 + 9);
  private static final HashTree TREE = TensorTree.tree(TENSOR.data());
  private static final LeafOpening OPENING =
      LeafOpening.of(TENSOR, TREE, new TreeSet<>(List.of(1, 2, 5)));

  @Test
  void givesTheElementsOfItsLeavesAndNoOthers() {
    ElementSource opened = OPENING.verified(TENSOR.hash()).orElseThrow();
    assertThat(opened.count()).isEqualTo(TENSOR.count());
    assertThat(opened.dataType()).isEqualTo(DataType.INT64);
    for (int index : List.of(128, 200, 383, 640, 648)) {
      assertThat(opened.element(index)).isEqualTo(TENSOR.element(index));
    }
    for (int index : List.of(0, 127, 384, 639)) {
      assertThatThrownBy(() -> opened.element(index))
          .isInstanceOfSatisfying(
              EvaluationException.MissingLeaf.class,
              e -> assertThat(e.leaf()).isEqualTo(index / 128))
          .hasMessageContaining("open it, too");
    }
  }

  @Test
  void opensNothingThatIsDamaged() {
    Hash tensor = TENSOR.hash();
    List<Hash> siblings = OPENING.siblings();
    assertThat(
            with(DataType.INT64, TENSOR.count() + 1, OPENING.places(), OPENING.leaves(), siblings)
                .verified(tensor))
        .isEmpty();
    assertThat(
            with(DataType.UINT8, TENSOR.count(), OPENING.places(), OPENING.leaves(), siblings)
                .verified(tensor))
        .isEmpty();
    assertThat(
            with(DataType.INT64, TENSOR.count(), List.of(1, 2, 4), OPENING.leaves(), siblings)
                .verified(tensor))
        .isEmpty();
    assertThat(
            with(DataType.INT64, TENSOR.count(), List.of(1, 2), OPENING.leaves(), siblings)
                .verified(tensor))
        .isEmpty();
    assertThat(OPENING.verified(TREE.root())).isEmpty();

    List<byte[]> leaves = new ArrayList<>(OPENING.leaves());
    leaves.set(1, OPENING.leaves().get(1).clone());
    leaves.get(1)[17] ^= 1;
    assertThat(
            with(DataType.INT64, TENSOR.count(), OPENING.places(), leaves, siblings)
                .verified(tensor))
        .isEmpty();
    leaves.set(1, Arrays.copyOf(OPENING.leaves().get(1), 1025));
    assertThat(
            with(DataType.INT64, TENSOR.count(), OPENING.places(), leaves, siblings)
                .verified(tensor))
        .isEmpty();
    leaves.set(1, new byte[1023]);
    assertThat(
            with(DataType.INT64, TENSOR.count(), OPENING.places(), leaves, siblings)
                .verified(tensor))
        .isEmpty();

    List<Hash> fewer = siblings.subList(1, siblings.size());
    assertThat(
            with(DataType.INT64, TENSOR.count(), OPENING.places(), OPENING.leaves(), fewer)
                .verified(tensor))
        .isEmpty();
    List<Hash> more = new ArrayList<>(siblings);
    more.add(TREE.root());
    assertThat(
            with(DataType.INT64, TENSOR.count(), OPENING.places(), OPENING.leaves(), more)
                .verified(tensor))
        .isEmpty();
  }

  @Test
  void opensNothingOfATensorWithoutElements() {
    for (int count : List.of(0, -1)) {
      Hash tensor = TensorCommitment.of(DataType.UINT8, count(count), TensorTree.root(new byte[0]));
      assertThat(
              with(DataType.UINT8, count, List.of(0), List.of(new byte[1024]), List.of())
                  .verified(tensor))
          .isEmpty();
    }
  }

  /** Nobody can make a commitment to less than nothing. */
  private static int count(int count) {
    return Math.max(0, count);
  }

  @Test
  void refusesToOpenWhatIsNotThere() {
    for (TreeSet<Integer> places : List.of(new TreeSet<Integer>(), new TreeSet<>(List.of(6)))) {
      assertThatThrownBy(() -> LeafOpening.of(TENSOR, TREE, places))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has not all of the leaves");
    }
  }

  @Test
  void recordsTheLeavesThatAreReadAndNoOthers() {
    LeafRecorder recorder = new LeafRecorder(TENSOR);
    assertThat(recorder.leaves()).isEmpty();
    assertThat(recorder.element(300)).isEqualTo(TENSOR.element(300));
    assertThat(recorder.element(640)).isEqualTo(TENSOR.element(640));
    assertThat(recorder.leaves()).containsExactly(2, 5);
  }

  @Test
  void readsLeavesAsTheyAreNeeded() {
    List<Integer> read = new ArrayList<>();
    ElementSource tensor =
        new LeafTensor(
            TENSOR.dataType(),
            TENSOR.count(),
            place -> {
              read.add(place);
              return TensorTree.leaf(TENSOR.data(), place);
            });
    for (int index : List.of(0, 1, 127, 128, 648, 5)) {
      assertThat(tensor.element(index)).isEqualTo(TENSOR.element(index));
    }
    assertThat(read).containsExactly(0, 1, 5, 0);
    assertThat(LeafTensor.leafOf(DataType.FLOAT32, Integer.MAX_VALUE)).isEqualTo((1 << 23) - 1);
  }

  @Test
  void handsOutItsBytesWithAPositionOfTheirOwn() {
    Hash before = TENSOR.hash();
    TENSOR.data().getLong();
    assertThat(TENSOR.hash()).isEqualTo(before);
  }

  @Test
  void hasAsManyBytesAsItsElementsTake() {
    assertThatThrownBy(() -> new WholeTensor(DataType.INT64, 2, ByteBuffer.allocate(15)))
        .isInstanceOf(TensorException.InvalidData.class);
  }

  private static LeafOpening with(
      DataType type, int count, List<Integer> places, List<byte[]> leaves, List<Hash> siblings) {
    return new LeafOpening(type, count, places, leaves, siblings);
  }

  private static WholeTensor longs(int count) {
    ByteBuffer data = ByteBuffer.allocate(count * Long.BYTES);
    for (int at = 0; at < count; at++) {
      data.putLong(at * 0x9e3779b97f4a7c15L);
    }
    return new WholeTensor(DataType.INT64, count, data.flip());
  }
}
