package ai.opengradient.canon.engine.map;

import ai.opengradient.canon.engine.access.Affine;
import ai.opengradient.canon.engine.access.IndexMap;
import ai.opengradient.canon.engine.access.Nest;
import ai.opengradient.canon.engine.elements.Elements;
import ai.opengradient.canon.engine.parallel.Crew;
import ai.opengradient.canon.engine.step.Algorithm;
import ai.opengradient.canon.engine.step.Step;
import ai.opengradient.canon.engine.step.Tally;
import java.util.List;
import java.util.Optional;

/**
 * A MAP that exchanges axes: what is adjacent in the operand is far apart in the result and the
 * other way round. Done in squares, each of which touches few cache lines on both sides.
 */
final class Transposition implements Step {
  /** Elements of a square's side: more than a cache line has. */
  private static final int SIDE = 32;

  private final Nest nest;
  private final Affine place;
  private final Affine index;

  /**
   * The axis along which the operand's elements are adjacent; the result's are on the innermost.
   */
  private final int axis;

  private Transposition(Nest nest, Affine index, int axis) {
    this.nest = nest;
    this.index = index;
    this.axis = axis;
    place = nest.numbering();
  }

  /** The step of a MAP whose value is its only slot's, if it is of this kind. */
  static Optional<Step> of(Slots slots) {
    Nest nest = slots.nest();
    IndexMap map = slots.maps(0).getFirst();
    int innermost = nest.axes() - 1;
    if (slots.maps(0).size() > 1 || !map.isAffine() || isAdjacent(map, innermost)) {
      return Optional.empty();
    }
    for (int axis = 0; axis < innermost; axis++) {
      if (isAdjacent(map, axis)) {
        return Optional.of(new Transposition(nest, map.forms().getFirst(), axis));
      }
    }
    return Optional.empty();
  }

  private static boolean isAdjacent(IndexMap map, int axis) {
    return map.forms().getFirst().factor(axis) == 1;
  }

  @Override
  public Algorithm algorithm() {
    return Algorithm.RELAY;
  }

  @Override
  public void run(List<Elements> operands, Elements result, Crew crew, Tally tally)
      throws InterruptedException {
    int bands = Math.ceilDiv(nest.extent(axis), SIDE);
    int others = nest.runs() / nest.extent(axis);
    crew.share(
        others * bands,
        (task, workspace) -> {
          int[] x = new int[nest.axes()];
          locate(task / bands, x);
          x[axis] = task % bands * SIDE;
          copyBand(operands.getFirst(), result, x);
        });
  }

  /** Sets the coordinates on all axes but the two. */
  private void locate(int number, int[] x) {
    int rest = number;
    for (int other = nest.axes() - 2; other >= 0; other--) {
      if (other != axis) {
        x[other] = rest % nest.extent(other);
        rest /= nest.extent(other);
      }
    }
  }

  private void copyBand(Elements source, Elements result, int[] x) {
    int from = (int) index.at(x);
    int at = (int) place.at(x);
    int stride = (int) index.factor(nest.axes() - 1);
    int step = (int) place.factor(axis);
    int width = Math.min(SIDE, nest.extent(axis) - x[axis]);
    for (int column = 0; column < nest.length(); column += SIDE) {
      int length = Math.min(SIDE, nest.length() - column);
      for (int row = 0; row < width; row++) {
        source.copy(from + row + column * stride, stride, length, result, at + row * step + column);
      }
    }
  }
}
