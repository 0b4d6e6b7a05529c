package ai.opengradient.besu.precompile;

import static java.util.stream.Collectors.toCollection;

import ai.opengradient.canon.commitment.Hash;
import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.commitment.TensorTree;
import ai.opengradient.canon.tensor.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A tensor whose leaves can be opened in calls. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Openable(DataType dataType, int count, byte[] data, HashTree tree) {
  static Openable of(DataType dataType, byte[] data) {
    HashTree tree = TensorTree.tree(ByteBuffer.wrap(data));
    return new Openable(dataType, data.length / dataType.width(), data, tree);
  }

  /** The operand with no leaf opened. */
  CallWriter.Operand unopened() {
    return operand(CallWriter.Leaves.NONE);
  }

  /** The operand with all leaves opened. */
  CallWriter.Operand whole() {
    return leaves(0, TensorTree.leafCount(data.length));
  }

  /** The operand with the leaves opened that so many elements lie in. */
  CallWriter.Operand elements(int first, int length) {
    int width = dataType.width();
    return leaves(
        first * width / TensorTree.LEAF_LENGTH,
        ((first + length) * width - 1) / TensorTree.LEAF_LENGTH + 1);
  }

  /** The operand with these leaves opened, that follow one another. */
  CallWriter.Operand leaves(int from, int until) {
    return operand(opened(IntStream.range(from, until).boxed().toList()));
  }

  /** These leaves; of those that follow one another at the end only the first one is named. */
  CallWriter.Leaves opened(List<Integer> places) {
    int named = places.size();
    while (named > 1 && places.get(named - 2) + 1 == places.get(named - 1)) {
      named--;
    }
    ByteArrayOutputStream leaves = new ByteArrayOutputStream();
    places.forEach(place -> leaves.writeBytes(TensorTree.leaf(ByteBuffer.wrap(data), place)));
    List<Hash> siblings = tree.open(places.stream().collect(toCollection(TreeSet::new)));
    List<Long> longs = new ArrayList<>();
    places.subList(0, named).forEach(place -> longs.add((long) place));
    return new CallWriter.Leaves(longs, leaves.toByteArray(), siblings);
  }

  CallWriter.Operand operand(CallWriter.Leaves opened) {
    return new CallWriter.Operand(dataType.code(), count, tree.root(), opened);
  }
}
