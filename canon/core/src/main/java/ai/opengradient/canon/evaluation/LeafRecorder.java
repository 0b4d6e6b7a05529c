package ai.opengradient.canon.evaluation;

import ai.opengradient.canon.tensor.DataType;
import java.util.SortedSet;
import java.util.TreeSet;

/** Notes which leaves of a tensor are read: those that a proof has to open. */
public final class LeafRecorder implements ElementSource {
  private final ElementSource source;
  private final SortedSet<Integer> leaves = new TreeSet<>();

  public LeafRecorder(ElementSource source) {
    this.source = source;
  }

  /** The places of the leaves read so far. */
  public SortedSet<Integer> leaves() {
    return leaves;
  }

  @Override
  public DataType dataType() {
    return source.dataType();
  }

  @Override
  public int count() {
    return source.count();
  }

  @Override
  public long element(int index) {
    leaves.add(LeafTensor.leafOf(dataType(), index));
    return source.element(index);
  }

  @Override
  public int locate(int first, int length, ElementRun run) {
    int located = source.locate(first, length, run);
    int last = LeafTensor.leafOf(dataType(), first + located - 1);
    for (int leaf = LeafTensor.leafOf(dataType(), first); leaf <= last; leaf++) {
      leaves.add(leaf);
    }
    return located;
  }
}
