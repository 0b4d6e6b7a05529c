package ai.opengradient.besu.precompile;

import static ai.opengradient.canon.commitment.TensorTree.LEAF_LENGTH;

import ai.opengradient.canon.commitment.HashTree;
import ai.opengradient.canon.evaluation.ElementRun;
import ai.opengradient.canon.evaluation.ElementSource;
import ai.opengradient.canon.tensor.DataType;
import java.util.Arrays;

/**
 * An operand's tensor, of which some leaves were opened and stand in the call. Reverts where an
 * element of another leaf is read.
 */
final class OpenedTensor implements ElementSource {
  private static final int NONE = -1;
  private static final int[] NOWHERE = {};

  private final CallData call;
  private final int number;
  private final DataType dataType;
  private final int count;
  private final int[] places;
  private final int leaves;
  private final ElementRun single = new ElementRun();

  /** The leaf that was looked for last, and which of the opened ones it is. */
  private int found = NONE;

  private int ordinal;

  private OpenedTensor(
      CallData call, int number, DataType dataType, long count, int[] places, int leaves) {
    this.call = call;
    this.number = number;
    this.dataType = dataType;
    // No view has as many elements.
    this.count = (int) Math.min(count, Integer.MAX_VALUE);
    this.places = places;
    this.leaves = leaves;
  }

  /**
   * Opens an operand.
   *
   * @param number of the operand
   * @param dataType which it is known to have
   */
  static OpenedTensor of(CallData call, int number, DataType dataType, Operand operand) {
    long count = operand.count();
    Opening opened = operand.opened();
    if (opened.isNone()) {
      return new OpenedTensor(call, number, dataType, count, NOWHERE, 0);
    }
    long all = Math.max(1, (count * dataType.width() + LEAF_LENGTH - 1) / LEAF_LENGTH);
    if (opened.root(HashTree.depth(all)).filter(operand::hasRoot).isEmpty()) {
      throw CanonError.OPERAND_NOT_OPENED.with(number);
    }
    int position = (int) opened.leaves().position();
    return new OpenedTensor(call, number, dataType, count, opened.places(), position);
  }

  @Override
  public DataType dataType() {
    return dataType;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public long element(int index) {
    locate(index, 1, single);
    return single.element(dataType, 0);
  }

  /** All of them, as leaves that follow one another do so in the call, too. */
  @Override
  public int locate(int first, int length, ElementRun run) {
    long begin = (long) first * dataType.width();
    int leaf = (int) (begin / LEAF_LENGTH);
    int last = (int) ((begin + (long) length * dataType.width() - 1) / LEAF_LENGTH);
    if (leaf != found) {
      find(leaf);
    }
    if (last != leaf) {
      requireThrough(leaf, last);
    }
    run.set(call.bytes(), leaves + ordinal * LEAF_LENGTH + (int) (begin % LEAF_LENGTH));
    return length;
  }

  private void find(int leaf) {
    int place = Arrays.binarySearch(places, leaf);
    if (place < 0) {
      throw CanonError.LEAF_NOT_OPENED.with(number, leaf);
    }
    found = leaf;
    ordinal = place;
  }

  /** As places ascend, the leaves between are there if the last one stands where it has to. */
  private void requireThrough(int leaf, int last) {
    int end = ordinal + last - leaf;
    if (end < places.length && places[end] == last) {
      return;
    }
    int missing = leaf;
    for (int at = ordinal; at < places.length && places[at] == missing; at++) {
      missing++;
    }
    throw CanonError.LEAF_NOT_OPENED.with(number, missing);
  }
}
